using System.Globalization;
using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Resampling;
using TorchSharp;

namespace AemloBridge.Probe;

/// <summary>Which libtorch a process ends up with.</summary>
internal static partial class LibtorchProbe
{
    /// <summary>Loads libtorch, computes something with it, and tells what it sees. Argument: threads.</summary>
    public static IEnumerable<string> Load(string[] args)
    {
        TorchRuntime.Initialize(int.Parse(args[0], CultureInfo.InvariantCulture));
        LibtorchInfo info = TorchRuntime.Describe();
        ComputeDevice device = ComputeDevice.Resolve(DeviceKind.Auto);
        yield return $"version={info.Version}";
        yield return $"path={info.Path}";
        yield return $"threads={info.Threads}";
        yield return $"cuda={info.HasCudaLibraries}";
        yield return $"device={device.Name}";
        yield return $"why={device.WhyNotCuda}";
        yield return $"sum={SumOfProduct()}";
        foreach (string name in new[] { "MKL_DYNAMIC", "OMP_DYNAMIC" })
            yield return $"{name}={(OperatingSystem.IsWindows() ? "" : Marshal.PtrToStringUTF8(GetEnvironment(name)))}";
        foreach (string file in MappedLibraries())
            yield return $"mapped={file}";
    }

    /// <summary>Does what a command without training does with Core, and tells which libraries that loaded.</summary>
    public static IEnumerable<string> StayWithout(string[] args)
    {
        AemloOptions options = new();
        yield return $"options={options.GetType().Name}";
        MultiLabelDataset data = SampleDataset.Create(1).SelectRows([.. Enumerable.Range(0, 300)]);
        foreach (IResamplingMethod method in ResamplingMethods.All.Where(method => !method.Trains))
            yield return $"rows={method.Name} {method.Run(data, method.Presets[0] with { Seed = 1 }).After.Rows}";
        yield return $"loaded={TorchRuntime.IsLoaded}";
        foreach (string file in MappedLibraries())
            yield return $"mapped={file}";
    }

    private static float SumOfProduct()
    {
        using torch.Tensor ones = torch.ones(8, 4);
        using torch.Tensor product = torch.mm(ones, ones.t());
        using torch.Tensor sum = product.sum();
        return sum.item<float>();
    }

    private static IEnumerable<string> MappedLibraries() =>
        OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/maps")
                .Select(line => line.IndexOf('/') is int at and >= 0 ? line[at..] : "")
                .Where(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file.Contains("libc10", StringComparison.Ordinal) || file.Contains("libgomp", StringComparison.Ordinal))
                .Where(file => Path.GetFileName(file).Contains(".so", StringComparison.Ordinal))
                .Distinct()
            : [];

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
