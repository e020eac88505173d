using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Batch.Plans;

public class FilePatternTests
{
    [Theory]
    [InlineData("a/x1.arff", "a/x1.arff")]
    [InlineData("a/*.arff", "a/x1.arff a/x2.arff")]
    [InlineData("a/x?.arff", "a/x1.arff a/x2.arff")]
    [InlineData("*/x1.arff", "a/x1.arff b/x1.arff")]
    [InlineData("**/x1.arff", "a/b/x1.arff a/x1.arff b/x1.arff")]
    [InlineData("a/**/*.arff", "a/b/x1.arff a/x1.arff a/x2.arff")]
    [InlineData("a/.*.arff", "a/.hidden.arff")]
    [InlineData("c/*.arff", "")]
    [InlineData("a/*.ARFF", "")]
    public void Expand_Pattern_GivesTheFilesThatMatchSorted(string pattern, string expected)
    {
        using var folder = new TempFolder();
        foreach (string file in new[] { "a/x1.arff", "a/x2.arff", "a/x1.xml", "a/.hidden.arff", "a/b/x1.arff", "b/x1.arff" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            folder.Write(file, "");
        }

        IEnumerable<string> found = FilePattern.Expand(folder.File(pattern)).Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'));

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
    }
}
