using AemloBridge.Aemlo.Options;
using TorchSharp;

namespace AemloBridge.Devices;

/// <summary>Where the tensors of one job live.</summary>
public sealed class ComputeDevice
{
    private ComputeDevice(torch.Device device, string name, string? whyNotCuda)
    {
        Device = device;
        Name = name;
        WhyNotCuda = whyNotCuda;
    }

    /// <summary>libtorch's device.</summary>
    public torch.Device Device { get; }

    /// <summary>cpu or cuda:0.</summary>
    public string Name { get; }

    /// <summary>Why CUDA is not used, in one sentence; null where it is.</summary>
    public string? WhyNotCuda { get; }

    /// <summary>Finds the device for a choice; loads libtorch if that has not happened yet.</summary>
    /// <param name="kind">The choice; <see cref="DeviceKind.Auto"/> takes CUDA where it works.</param>
    /// <exception cref="DeviceException">CUDA was asked for and does not work here, or libtorch cannot be loaded.</exception>
    public static ComputeDevice Resolve(DeviceKind kind)
    {
        LibtorchInfo libtorch = TorchRuntime.Describe();
        if (kind == DeviceKind.Cpu)
            return new ComputeDevice(torch.CPU, "cpu", "the CPU was asked for");

        string? whyNot = WhyCudaDoesNotWork(libtorch);
        if (whyNot is null)
            return new ComputeDevice(new torch.Device(DeviceType.CUDA, 0), "cuda:0", null);
        if (kind == DeviceKind.Cuda)
            throw new DeviceException($"CUDA was asked for and cannot be used: {whyNot}; take the CPU with --device cpu");
        return new ComputeDevice(torch.CPU, "cpu", whyNot);
    }

    private static string? WhyCudaDoesNotWork(LibtorchInfo libtorch)
    {
        if (OperatingSystem.IsMacOS())
            return "there is no CUDA on macOS";
        if (!libtorch.HasCudaLibraries)
            return $"the libtorch in {libtorch.Path} is for the CPU; build with -p:AemloTorch=cuda, "
                + $"or set {LibtorchFolder.Variable} to the lib folder of a libtorch {LibtorchVersion.Needed} with CUDA";
        return torch.cuda.is_available()
            ? null
            : $"the libtorch in {libtorch.Path} has CUDA but found no device or no driver that is new enough (nvidia-smi lists both)";
    }
}
