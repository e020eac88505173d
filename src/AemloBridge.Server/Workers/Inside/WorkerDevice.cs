using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Options;
using AemloBridge.Devices;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>The device that this process works on, under the name it has on the wire.</summary>
internal static class WorkerDevice
{
    private const string CoreName = "cuda:0";

    /// <summary>Loads libtorch and finds the device.</summary>
    /// <param name="asked">"cpu", "cuda:1" (the only GPU that this process sees), or "auto".</param>
    /// <exception cref="DeviceException">libtorch cannot be loaded, or the device cannot be used.</exception>
    public static WorkerReady Open(string asked)
    {
        DeviceKind kind = asked switch
        {
            WorkerCommandLine.Auto => DeviceKind.Auto,
            WorkerCommandLine.Cpu => DeviceKind.Cpu,
            _ when WorkerCommandLine.GpuIndex(asked) is not null => DeviceKind.Cuda,
            _ => throw new DeviceException($"'{asked}' is no device; allowed: auto, cpu, cuda:0, cuda:1, ..."),
        };
        TorchRuntime.Initialize(0);
        ComputeDevice device = ComputeDevice.Resolve(kind);
        LibtorchInfo libtorch = TorchRuntime.Describe();
        var ready = new WorkerReady
        {
            Device = asked == WorkerCommandLine.Auto ? device.Name : asked,
            DefaultThreads = (uint)TorchRuntime.DefaultThreads,
            LibtorchVersion = libtorch.Version,
            TorchSharpVersion = libtorch.TorchSharpVersion,
        };
        if (device.Name == WorkerCommandLine.Cpu)
        {
            MemoryInfo memory = MemoryInfo.Measure();
            ready.DeviceDescription = FormattableString.Invariant($"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}");
            (ready.MemoryTotalBytes, ready.MemoryFreeBytes) = ((ulong)memory.Total, (ulong)memory.Available);
            return ready;
        }

        GpuInfo gpu = GpuInfo.Ask();
        ready.DeviceDescription = gpu.Name;
        (ready.MemoryTotalBytes, ready.MemoryFreeBytes) = (gpu.Total, gpu.Free);
        ready.GpuCount = (uint)TorchSharp.torch.cuda.device_count();
        return ready;
    }

    /// <summary>The name on the wire for the one that Core gives.</summary>
    public static string OnWire(string device, string own) => device == CoreName ? own : device;
}
