using System.Runtime.InteropServices;
using AemloBridge.Devices;

namespace AemloBridge.Tests.Devices;

public class TorchPlatformTests
{
    [Theory]
    [InlineData("linux", Architecture.X64, "linux-x64", "libtorch_cpu.so")]
    [InlineData("linux", Architecture.X64, "fedora.42-x64", "libtorch_cpu.so")]
    [InlineData("osx", Architecture.Arm64, "osx-arm64", "libtorch_cpu.dylib")]
    [InlineData("win", Architecture.X64, "win-x64", "torch_cpu.dll")]
    public void Find_PlatformWithLibtorch_KnowsItsFileNames(string system, Architecture architecture, string identifier, string file) =>
        Assert.Equal(file, TorchPlatform.Find(system, architecture, identifier).Cpu);

    [Theory]
    [InlineData("linux", Architecture.Arm64, "linux-arm64")]
    [InlineData("linux", Architecture.X64, "linux-musl-x64")]
    [InlineData("linux", Architecture.X64, "alpine.3.22-x64")]
    [InlineData("osx", Architecture.X64, "osx-x64")]
    [InlineData("win", Architecture.Arm64, "win-arm64")]
    [InlineData("other", Architecture.X64, "freebsd-x64")]
    public void Find_PlatformWithoutLibtorch_SaysSoInOneSentence(string system, Architecture architecture, string identifier)
    {
        DeviceException e = Assert.Throws<DeviceException>(() => TorchPlatform.Find(system, architecture, identifier));

        Assert.Equal(
            "training and generating need libtorch, which exists for Linux on x64 (with glibc), macOS on Apple silicon and Windows on x64, "
            + $"and not for this machine ({identifier}): run on one of those; commands that do not train, such as analyze, work here",
            e.Message);
    }

    [Fact]
    public void LoadOrder_OnLinux_PutsEachLibraryAfterWhatItNeeds() =>
        Assert.Equal(
            ["libomp.so", "libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"],
            TorchPlatform.Find("linux", Architecture.X64, "linux-x64").LoadOrder);
}
