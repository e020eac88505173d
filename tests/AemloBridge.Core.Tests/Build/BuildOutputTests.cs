using System.IO.Compression;
using AemloBridge.Build;

namespace AemloBridge.Tests.Build;

public class BuildOutputTests
{
    [Theory]
    [InlineData("torchsharp", "0.107.0", "runtimes/linux-x64/native/libLibTorchSharp.so")]
    [InlineData("libtorch-cpu-linux-x64", "2.10.0", "runtimes/linux-x64/native/libc10.so")]
    [InlineData("libtorch-cpu-linux-x64", "2.10.0", "runtimes/linux-x64/native/libtorch.so")]
    [InlineData("libtorch-cpu-linux-x64", "2.10.0", "runtimes/linux-x64/native/libtorch_cpu.so")]
    public void Cache_AfterTheBuildOfTheseTests_HoldsThePublishedFiles(string id, string version, string file)
    {
        string folder = Packages.Folder(id, version);
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.nupkg"));
        using Stream published = package.GetEntry(file)!.Open();
        using Stream cached = File.OpenRead(Path.Combine(folder, file));

        Assert.True(SameBytes(published, cached), $"{file} in the NuGet cache is not the one of its package");
    }

    [Fact]
    public void Output_OfTheseTests_HoldsTheFixedLibrary()
    {
        string output = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux())
        {
            Assert.False(File.Exists(output), "the library for Linux is in the output for another system");
            return;
        }

        byte[] expected = File.ReadAllBytes(Packages.LibTorchSharp);
        GlibcxxFix.Apply(expected);

        Assert.Equal(expected, File.ReadAllBytes(output));
    }

    [Fact]
    public void Output_OfTheseTests_HoldsNoLibraryForPython()
    {
        IEnumerable<string> python = Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_python*", SearchOption.AllDirectories);

        Assert.Empty(python);
    }

    /// <summary>What makes hard links into the NuGet cache safe: MSBuild replaces an output file, it does not write into it.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Copy_OverHardLinkOfTheCache_LeavesTheCache(string useHardLinks)
    {
        using var folder = new TemporaryFolder();
        string cached = folder.Write("cache/library.so", "as published");
        string newer = folder.Write("obj/library.so", "something newer");
        Directory.CreateDirectory(folder.File("bin"));
        HardLink.Create(cached, folder.File("bin", "library.so"));
        string project = folder.Write("copy.proj", $"""
            <Project>
              <Target Name="Copy">
                <Copy SourceFiles="{newer}" DestinationFolder="bin" UseHardlinksIfPossible="{useHardLinks}" SkipUnchangedFiles="true" />
              </Target>
            </Project>
            """);

        ChildProcess build = ChildProcess.Dotnet(folder.Path, new Dictionary<string, string?>(), "msbuild", project, "-target:Copy");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal("something newer", File.ReadAllText(folder.File("bin", "library.so")));
        Assert.Equal("as published", File.ReadAllText(cached));
    }

    private static bool SameBytes(Stream one, Stream other)
    {
        byte[] left = new byte[1 << 20];
        byte[] right = new byte[1 << 20];
        while (true)
        {
            int read = one.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            int matching = other.ReadAtLeast(right, right.Length, throwOnEndOfStream: false);
            if (read != matching || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, matching)))
                return false;
            if (read == 0)
                return true;
        }
    }
}
