using AemloBridge.Devices;
using TorchSharp;

namespace AemloBridge.Tests.Devices;

public class LibtorchVersionTests
{
    [Fact]
    public void Bundled_IsWhatTorchSharpIsBuiltFor() => Assert.Equal(LibtorchVersion.Bundled + ".0", torch.__version__);

    [Theory]
    [InlineData("__version__ = '2.10.0+cu128'\ndebug = False\ncuda: Optional[str] = '12.8'\n", "2.10.0+cu128")]
    [InlineData("from typing import Optional\n\n__all__ = ['__version__', 'debug']\n__version__ = '2.15.0'\n", "2.15.0")]
    [InlineData("__version__: str = \"2.7.1\"\n", "2.7.1")]
    public void Detect_PipInstalledPyTorch_ReadsVersionPy(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("torch/version.py", content);
        folder.Write("torch/lib/libtorch_cpu.so", "");

        Assert.Equal(expected, LibtorchVersion.Detect(folder.File("torch", "lib")));
    }

    [Fact]
    public void Detect_LibtorchArchive_ReadsBuildVersion()
    {
        using var folder = new TemporaryFolder();
        folder.Write("libtorch/build-version", "2.10.0+cpu\n");
        folder.Write("libtorch/lib/libtorch_cpu.so", "");

        Assert.Equal("2.10.0+cpu", LibtorchVersion.Detect(folder.File("libtorch", "lib") + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Detect_DistributionPackage_ReadsTheSuffix()
    {
        using var folder = new TemporaryFolder();
        folder.Write("lib/libtorch_cpu.so.1.13", "");
        folder.Write("lib/libtorch_cpu.so.1.13.1", "");

        Assert.Equal("1.13.1", LibtorchVersion.Detect(folder.File("lib")));
    }

    [Fact]
    public void Detect_NothingThatStatesAVersion_IsUnknown()
    {
        using var folder = new TemporaryFolder();
        folder.Write("lib/libtorch_cpu.so", "");

        Assert.Null(LibtorchVersion.Detect(folder.File("lib")));
    }

    [Theory]
    [InlineData("2.10", true)]
    [InlineData("2.10.0", true)]
    [InlineData("2.10.1+cu128", true)]
    [InlineData("2.10+cpu", true)]
    [InlineData("2.1.0", false)]
    [InlineData("2.100.0", false)]
    [InlineData("2.15.0", false)]
    [InlineData("12.10.0", false)]
    public void IsNeeded_Version_ComparesBothNumbers(string version, bool needed) =>
        Assert.Equal(needed, LibtorchVersion.IsNeeded(version));
}
