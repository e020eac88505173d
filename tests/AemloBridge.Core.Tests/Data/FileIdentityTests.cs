using AemloBridge.Data;

namespace AemloBridge.Tests.Data;

public class FileIdentityTests
{
    [Fact]
    public void AreSame_LinksInFolderAndFile_AreFollowed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("real/deep/a.txt", "a");
        Directory.CreateSymbolicLink(folder["one"], "real");
        Directory.CreateSymbolicLink(folder.File("real", "two"), folder.File("one", "deep"));
        Directory.CreateSymbolicLink(folder.File("real", "deep", "up"), "..");
        File.CreateSymbolicLink(folder["three.txt"], Path.Combine(".", "one", "two", "a.txt"));

        Assert.True(FileIdentity.AreSame(file, folder["three.txt"]));
        Assert.True(FileIdentity.AreSame(file, folder.File("one", "two", "up", "deep", "a.txt")));
        Assert.True(FileIdentity.AreSame(folder.File("one", "new.txt"), folder.File("real", "new.txt")));
        Assert.False(FileIdentity.AreSame(file, folder.File("real", "a.txt")));
        Assert.False(FileIdentity.AreSame(file, folder.File("real", "deep", "b.txt")));
    }

    [Fact]
    public void Resolve_CircleOfLinks_Ends()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a"], "b");
        File.CreateSymbolicLink(folder["b"], "a");

        Assert.Equal(FileIdentity.Resolve(folder.Path), Path.GetDirectoryName(FileIdentity.Resolve(folder["a"])));
    }
}
