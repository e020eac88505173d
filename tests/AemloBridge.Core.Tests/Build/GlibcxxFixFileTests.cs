using AemloBridge.Build;

namespace AemloBridge.Tests.Build;

public class GlibcxxFixFileTests
{
    [Fact]
    public void CopyFixed_OverHardLinkOfTheSource_LeavesTheSource()
    {
        using var folder = new TemporaryFolder();
        string cache = folder.File("cache.so");
        string output = folder.File("output.so");
        File.Copy(Packages.LibTorchSharp, cache);
        HardLink.Create(cache, output);

        Assert.Equal(GlibcxxFixOutcome.Fixed, GlibcxxFix.CopyFixed(output, output));

        Assert.Equal(File.ReadAllBytes(Packages.LibTorchSharp), File.ReadAllBytes(cache));
        Assert.NotEqual(File.ReadAllBytes(cache), File.ReadAllBytes(output));
    }

    [Fact]
    public void CopyFixed_InPlaceTwice_DoesNotWriteAgain()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("library.so");
        GlibcxxFix.CopyFixed(Packages.LibTorchSharp, path);
        var written = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written);

        Assert.Equal(GlibcxxFixOutcome.AlreadyFixed, GlibcxxFix.CopyFixed(path, path));

        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void CopyFixed_LibraryThatNeedsNothing_IsCopiedAsItIs()
    {
        using var folder = new TemporaryFolder();
        byte[] image = TinyElf.Create([TinyElf.Old], [("printf", 2)]).Image;
        File.WriteAllBytes(folder.File("source.so"), image);

        Assert.Equal(GlibcxxFixOutcome.NotNeeded, GlibcxxFix.CopyFixed(folder.File("source.so"), folder.File("copy.so")));

        Assert.Equal(image, File.ReadAllBytes(folder.File("copy.so")));
    }

    [Fact]
    public void CopyFixed_Refusal_NamesTheFileAndLeavesTheFolder()
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("source.so", "this is no library");
        string destination = folder.Write("destination.so", "an older copy");

        GlibcxxFixException e = Assert.Throws<GlibcxxFixException>(() => GlibcxxFix.CopyFixed(source, destination));

        Assert.StartsWith($"{source}: it is not an ELF file", e.Message, StringComparison.Ordinal);
        Assert.Equal("an older copy", File.ReadAllText(destination));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }
}
