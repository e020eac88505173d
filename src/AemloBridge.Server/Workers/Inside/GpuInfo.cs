using System.Runtime.InteropServices;
using System.Text;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>Name and memory of the first GPU that this process sees, asked of the driver: TorchSharp has no way to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Total">Bytes.</param>
/// <param name="Free">Bytes.</param>
internal sealed record GpuInfo(string Name, ulong Total, ulong Free)
{
    private const int NameLength = 256;

    private static readonly string[] Drivers = ["libcuda.so.1", "nvcuda.dll"];

    private static readonly string[] Functions =
        ["cuInit", "cuDeviceGet", "cuDeviceGetName", "cuDeviceTotalMem_v2", "cuDevicePrimaryCtxRetain", "cuCtxSetCurrent", "cuMemGetInfo_v2"];

    /// <summary>Asks the driver; what it does not say is empty or 0.</summary>
    public static unsafe GpuInfo Ask()
    {
        var nothing = new GpuInfo("", 0, 0);
        nint driver = Drivers.Select(name => NativeLibrary.TryLoad(name, out nint handle) ? handle : 0).FirstOrDefault(handle => handle != 0);
        if (driver == 0)
            return nothing;
        nint[] calls = [.. Functions.Select(name => NativeLibrary.TryGetExport(driver, name, out nint address) ? address : 0)];
        int device;
        if (calls.Contains(0) || ((delegate* unmanaged<uint, int>)calls[0])(0) != 0 || ((delegate* unmanaged<int*, int, int>)calls[1])(&device, 0) != 0)
            return nothing;
        byte* name = stackalloc byte[NameLength];
        string named = ((delegate* unmanaged<byte*, int, int, int>)calls[2])(name, NameLength, device) == 0
            ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : "";
        nuint total, free = 0, again;
        if (((delegate* unmanaged<nuint*, int, int>)calls[3])(&total, device) != 0)
            total = 0;
        // The primary context is the one that libtorch uses anyway.
        nint context;
        bool known = ((delegate* unmanaged<nint*, int, int>)calls[4])(&context, device) == 0
            && ((delegate* unmanaged<nint, int>)calls[5])(context) == 0
            && ((delegate* unmanaged<nuint*, nuint*, int>)calls[6])(&free, &again) == 0;
        return new GpuInfo(named, total, known ? free : 0);
    }
}
