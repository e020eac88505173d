using AemloBridge.Devices;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Devices;

/// <summary>AEMLO_LIBTORCH, from outside: a process has one libtorch for good.</summary>
public class LibtorchFolderTests
{
    private static readonly string Bundled = OperatingSystem.IsMacOS()
        ? Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)
        : Path.Combine(AppContext.BaseDirectory, "libtorch");

    [Fact]
    public void Bundled_Libtorch_IsLoadedOnceFromItsFolder()
    {
        ChildProcess probe = Probe(null, "1");

        Assert.True(probe.ExitCode == 0, probe.Error);
        Assert.Equal(["2.10.0"], probe["version"]);
        Assert.Equal([Bundled], probe["path"]);
        Assert.Equal(["1"], probe["threads"]);
        Assert.Equal(["256"], probe["sum"]);
        AssertLoadedFrom(Bundled, probe);
    }

    [Fact]
    public void Named_CopyOfTheCpuLibraries_IsLoadedInsteadOfTheBundledOne()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS finds the program's own libtorch, so that another one is refused");
        using var folder = new TemporaryFolder();
        string copy = CopyOfLibtorch(folder, Directory.GetFiles(Bundled));
        folder.Write("torch/version.py", "__version__ = '2.10.0+cpu'\n");

        ChildProcess probe = Probe(copy, "2");

        Assert.True(probe.ExitCode == 0, probe.Error);
        Assert.Equal(["2.10.0+cpu"], probe["version"]);
        Assert.Equal([copy], probe["path"]);
        Assert.Equal(["2"], probe["threads"]);
        Assert.Equal(["256"], probe["sum"]);
        AssertLoadedFrom(copy, probe);
    }

    [Fact]
    public void Initialize_BeforeLoading_TurnsDynamicThreadCountsOffForNativeCode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the probe asks getenv() of the C library on Unix only");
        ChildProcess probe = Probe(null, "0");

        Assert.Equal(["FALSE"], probe["MKL_DYNAMIC"]);
        Assert.Equal(["FALSE"], probe["OMP_DYNAMIC"]);
    }

    [Fact]
    public void Core_WithoutTraining_LoadsNoLibtorch()
    {
        Assert.SkipWhen(TorchRuntime.MayHaveCuda, "neighbours are searched on a GPU where there may be one");
        ChildProcess probe = ChildProcess.Probe(new Dictionary<string, string?>(), "analyze");

        Assert.Equal(["AemloOptions"], probe["options"]);
        Assert.Equal(ResamplingMethods.All.Count(method => !method.Trains), probe["rows"].Count());
        Assert.Equal(["False"], probe["loaded"]);
        Assert.Empty(probe["mapped"]);
    }

    [Fact]
    public void Named_DebiansLibtorch113_IsRefusedWithBothVersions()
    {
        string? libtorch = Environment.GetEnvironmentVariable("AEMLO_TEST_LIBTORCH113");
        if (string.IsNullOrEmpty(libtorch))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "AEMLO_TEST_LIBTORCH113 is not set: .ci/run sets it");
            Assert.Skip("AEMLO_TEST_LIBTORCH113 is not set: unpack Debian's package libtorch1.13 and name its folder of libraries");
        }

        AssertRefused(libtorch, "it holds libtorch 1.13", "libtorch 2.10 is needed");
    }

    [Fact]
    public void Named_AnotherVersionOfPyTorch_IsRefusedWithBothVersions()
    {
        using var folder = new TemporaryFolder();
        string copy = CopyOfLibtorch(folder, []);
        folder.Write("torch/version.py", "__version__ = '2.15.0+cu130'\n");

        AssertRefused(copy, "it holds libtorch 2.15.0+cu130", "libtorch 2.10 is needed");
    }

    [Fact]
    public void Named_FolderWithoutLibtorch_IsRefused()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(folder.Path, "it holds no libtorch", "libtorch 2.10 is needed");
    }

    [Fact]
    public void Named_NoSuchFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(folder.File("nowhere"), "no such folder", "libtorch 2.10 is needed");
    }

    [Fact]
    public void Named_LibraryWithoutTheFunctions_IsRefusedWithTheirNumber()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "symbols are compared before loading on Linux only");
        using var folder = new TemporaryFolder();
        string copy = CopyOfLibtorch(folder, [Path.Combine(Bundled, "libc10.so")]);
        File.Copy(Path.Combine(Bundled, "libtorch.so"), Path.Combine(copy, "libtorch_cpu.so"));
        folder.Write("torch/version.py", "__version__ = '2.10.0'\n");

        AssertRefused(copy, "it holds libtorch 2.10.0, which lacks ", " functions that are needed of libtorch 2.10, for example _Z");
    }

    [Fact]
    public void Named_DamagedLibrary_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries are read before loading on Linux only");
        using var folder = new TemporaryFolder();
        string copy = CopyOfLibtorch(folder, []);
        File.WriteAllBytes(Path.Combine(copy, "libtorch_cpu.so"), File.ReadAllBytes(Path.Combine(Bundled, "libc10.so"))[..5000]);

        AssertRefused(copy, "cannot be read as a library: it ends too early", "libtorch 2.10 is needed");
    }

    [Fact]
    public void Named_ProgramWithLibtorchAmongItsOwnLibraries_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TorchPlatform platform = TorchPlatform.Current;
        folder.Write(platform.Cpu, "");
        folder.Write(Path.Combine("other", platform.Cpu), "");

        DeviceException e = Assert.Throws<DeviceException>(
            () => LibtorchFolder.Named(platform, folder.File("other"), "", [folder.Path]));

        Assert.Contains($"this program brings a libtorch of its own in {folder.Path}", e.Message, StringComparison.Ordinal);
    }

    private static string CopyOfLibtorch(TemporaryFolder folder, IEnumerable<string> files)
    {
        string copy = folder.File("torch", "lib");
        Directory.CreateDirectory(copy);
        // Real copies: a hard link is the same file to the loader, which would then not load a second one.
        foreach (string file in files)
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private static ChildProcess Probe(string? libtorch, string threads) =>
        ChildProcess.Probe(new Dictionary<string, string?> { [LibtorchFolder.Variable] = libtorch }, "libtorch", threads);

    private static void AssertRefused(string folder, params string[] parts)
    {
        ChildProcess probe = Probe(folder, "1");

        Assert.Equal(3, probe.ExitCode);
        Assert.StartsWith($"AEMLO_LIBTORCH={folder}: ", probe.Error, StringComparison.Ordinal);
        Assert.EndsWith("for example torch/lib of a pip-installed PyTorch 2.10.", probe.Error.TrimEnd(), StringComparison.Ordinal);
        foreach (string part in parts)
            Assert.Contains(part, probe.Error, StringComparison.Ordinal);
    }

    private static void AssertLoadedFrom(string folder, ChildProcess probe)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Assert.Equal(
            ["libLibTorchSharp.so", "libc10.so", "libgomp-98b21ff3.so.1", "libtorch.so", "libtorch_cpu.so"],
            probe["mapped"].Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.All(
            probe["mapped"].Where(file => Path.GetFileName(file) != "libLibTorchSharp.so"),
            file => Assert.Equal(folder, Path.GetDirectoryName(file)));
    }
}
