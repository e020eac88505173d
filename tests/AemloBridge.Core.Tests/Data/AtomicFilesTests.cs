using AemloBridge.Data;

namespace AemloBridge.Tests.Data;

public class AtomicFilesTests
{
    [Fact]
    public void Commit_AllStaged_AllAppearAtOnce()
    {
        using var folder = new TemporaryFolder();
        using var files = new AtomicFiles(overwrite: false);
        files.Add(folder["a"], stream => stream.Write("1"u8));
        files.Add(folder["b"], stream => stream.Write("2"u8));
        Assert.All(folder.Names, name => Assert.StartsWith(".aemlo-", name, StringComparison.Ordinal));

        files.Commit();

        Assert.Equal(["a", "b"], folder.Names);
        Assert.Equal(("1", "2"), (File.ReadAllText(folder["a"]), File.ReadAllText(folder["b"])));
    }

    [Fact]
    public void Add_OneThatFails_LeavesNothingOfTheOthers()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "old");
        using (var files = new AtomicFiles(overwrite: true))
        {
            files.Add(folder["a"], stream => stream.Write("new"u8));
            AemloInputException error = Assert.Throws<AemloInputException>(() => files.Add(folder["b"], _ => throw new IOException("no space")));
            Assert.Equal($"{folder["b"]}: the file cannot be written: no space", error.Message);
        }

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void Commit_NameTakenMeanwhile_TakesTheNewOnesBack()
    {
        using var folder = new TemporaryFolder();
        using (var files = new AtomicFiles(overwrite: false))
        {
            files.Add(folder["a"], stream => stream.Write("1"u8));
            files.Add(folder["b"], stream => stream.Write("2"u8));
            folder.Write("a", "theirs");

            Assert.Throws<AemloInputException>(files.Commit);
        }

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("theirs", File.ReadAllText(folder["a"]));
    }
}
