using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Output;

/// <summary>What a command reads survives it, with --force too.</summary>
public class OutputFilesTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Theory]
    [InlineData("oversample small.arff -o small.arff")]
    [InlineData("oversample small.arff -o linked/small.arff")]
    [InlineData("oversample small.arff -o small.data")]
    [InlineData("oversample linked/small.arff -o small.data")]
    [InlineData("oversample small.arff --labels labels.txt -o labels.txt")]
    [InlineData("oversample small.arff --labels labels.xml -o labels.arff")]
    [InlineData("oversample small.xml --labels labels.xml -o small.arff")]
    [InlineData("oversample small.arff -o out.arff --report small.arff")]
    [InlineData("oversample small.arff -o out.arff --report small.xml")]
    [InlineData("oversample small.arff -o out.arff --report linked/small.xml")]
    [InlineData("oversample small.arff -o out.arff --report out.arff")]
    [InlineData("oversample small.arff -o out.arff --report linked/out.xml")]
    [InlineData("oversample small.arff --labels labels.xml -o out.arff --report labels.xml")]
    [InlineData("train small.arff -o small.arff")]
    [InlineData("train small.arff -o small.xml")]
    [InlineData("train small.arff --labels labels.xml -o labels.xml")]
    [InlineData("train small.arff --labels labels.xml -o out.model --checkpoint linked/labels.xml")]
    [InlineData("train small.arff -o out.model --checkpoint small.xml")]
    [InlineData("train small.arff -o out.model --checkpoint linked/out.model")]
    [InlineData("generate --model model.xml -n 1 -o model.arff")]
    [InlineData("generate --model model.xml -n 1 -o model.xml")]
    [InlineData("generate --model model.xml -n 1 --data sample.arff -o linked/sample.arff")]
    [InlineData("generate --model model.xml -n 1 --data sample.arff -o sample.data")]
    [InlineData("generate --model model.xml -n 1 --data sample.arff --labels sample.xml -o sample.data")]
    public void Force_OutputThatIsAnInputOrAnotherOutput_IsAUsageErrorAndNothingChanges(string command)
    {
        using var folder = new TempFolder();
        SmallData.Write(folder);
        folder.Write("labels.xml", SmallData.Xml);
        folder.Write("labels.txt", SmallData.Xml);
        File.Copy(sample.Model, folder.File("model.xml"));
        File.Copy(sample.Data, folder.File("sample.arff"));
        File.Copy(sample.Labels, folder.File("sample.xml"));
        Directory.CreateSymbolicLink(folder.File("linked"), folder.Path);
        Dictionary<string, byte[]> before = Contents(folder);

        // Every word with a dot is a file in the folder.
        CliResult result = InProcess.Run([.. command.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? folder.File(word) : word), "--force"]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(" already; choose another name", result.Error);
        Assert.Equal(before, Contents(folder));
    }

    private static Dictionary<string, byte[]> Contents(TempFolder folder) => folder.Files.ToDictionary(name => name, name => File.ReadAllBytes(folder.File(name)));
}
