using AemloBridge.Data;

namespace AemloBridge.Tests.Data;

public class AtomicFileTests
{
    [Fact]
    public void Write_NewFile_HoldsTheContentAndNothingElseIsLeft()
    {
        using var folder = new TemporaryFolder();

        AtomicFile.Write(folder["a.txt"], overwrite: false, stream => stream.Write("text"u8));

        Assert.Equal("text", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Write_ExistingFile_IsReplacedOnlyWhenAsked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "old");

        AemloInputException error = Assert.Throws<AemloInputException>(() => AtomicFile.Write(path, overwrite: false, _ => Assert.Fail("no work before the check")));
        Assert.Equal($"{path}: this file exists already; choose another name, or overwrite it with --force", error.Message);
        Assert.Equal("old", File.ReadAllText(path));

        AtomicFile.Write(path, overwrite: true, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Write_Failure_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "old");

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, overwrite: true, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidDataException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Write_FileThatAppearsMeanwhile_IsNotReplaced()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<AemloInputException>(() => AtomicFile.Write(folder["a.txt"], overwrite: false, _ => folder.Write("a.txt", "theirs")));

        Assert.Equal("theirs", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Write_FolderThatIsNone_IsNamed()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Combine(folder["none"], "a.txt");
        string self = Path.GetDirectoryName(folder["x"])!;

        Assert.Equal($"{missing}: its folder does not exist; create it first", Assert.Throws<AemloInputException>(() => AtomicFile.Write(missing, false, _ => { })).Message);
        Assert.Equal($"{self}: this is a folder, not a file; add a file name", Assert.Throws<AemloInputException>(() => AtomicFile.Write(self, true, _ => { })).Message);
    }

    [Fact]
    public void Write_Link_WritesTheFileItLeadsTo()
    {
        using var folder = new TemporaryFolder();
        string target = folder.Write("far/a.txt", "old");
        File.CreateSymbolicLink(folder["link.txt"], Path.Combine("far", "a.txt"));

        AtomicFile.Write(folder["link.txt"], overwrite: true, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(Path.Combine("far", "a.txt"), new FileInfo(folder["link.txt"]).LinkTarget);
        Assert.Equal(["far", "link.txt"], folder.Names);
        Assert.Equal([target], Directory.GetFileSystemEntries(folder["far"]));
    }

    [Fact]
    public void Write_PipeOrDevice_IsRefusedAndStays()
    {
        using var folder = new TemporaryFolder();
        string pipe = NamedPipe.Create(folder["pipe"]);
        File.CreateSymbolicLink(folder["link"], "/dev/null");

        foreach (string path in (string[])[pipe, folder["link"]])
        {
            AemloInputException error = Assert.Throws<AemloInputException>(() => AtomicFile.Write(path, overwrite: true, _ => Assert.Fail("no work before the check")));
            Assert.Equal($"{path}: this is a pipe or a device, which a file cannot replace; choose another name", error.Message);
        }

        Assert.Equal(["link", "pipe"], folder.Names);
    }
}
