using System.Runtime.InteropServices;

namespace AemloBridge.Devices;

/// <summary>How libtorch's files are called on one of the platforms it exists for.</summary>
/// <param name="Prefix">What a library's file name begins with.</param>
/// <param name="Suffix">What it ends with.</param>
internal sealed record TorchPlatform(string Prefix, string Suffix)
{
    private static readonly TorchPlatform Linux = new("lib", ".so");
    private static readonly TorchPlatform MacOS = new("lib", ".dylib");
    private static readonly TorchPlatform Windows = new("", ".dll");

    /// <summary>Libraries in the order in which each finds what it depends on already loaded. The CUDA ones may be absent.</summary>
    public IEnumerable<string> LoadOrder { get; } =
        from name in new[] { "omp", "c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch" } select Prefix + name + Suffix;

    /// <summary>The library that holds the CPU's operations: a folder without it holds no libtorch.</summary>
    public string Cpu => FileName("torch_cpu");

    /// <summary>The library that holds the operations for CUDA.</summary>
    public string Cuda => FileName("torch_cuda");

    /// <summary>TorchSharp's own native library.</summary>
    public string Binding => FileName("LibTorchSharp");

    /// <summary>This machine's platform.</summary>
    /// <exception cref="DeviceException">There is no libtorch for it.</exception>
    public static TorchPlatform Current =>
        Find(OperatingSystemName(), RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier);

    /// <summary>The platform of an operating system, an architecture and a .NET runtime identifier.</summary>
    /// <exception cref="DeviceException">There is no libtorch for it.</exception>
    public static TorchPlatform Find(string system, Architecture architecture, string runtimeIdentifier)
    {
        bool musl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return (system, architecture) switch
        {
            ("linux", Architecture.X64) when !musl => Linux,
            ("osx", Architecture.Arm64) => MacOS,
            ("win", Architecture.X64) => Windows,
            _ => throw new DeviceException(
                $"training and generating need libtorch, which exists for Linux on x64 (with glibc), macOS on Apple silicon and Windows on x64, "
                + $"and not for this machine ({runtimeIdentifier}): run on one of those; commands that do not train, such as analyze, work here"),
        };
    }

    private string FileName(string library) => Prefix + library + Suffix;

    private static string OperatingSystemName() =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsWindows() ? "win" : "other";
}
