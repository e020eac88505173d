using System.Text.Json;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Data;

namespace AemloBridge.Cli.Tests.Commands;

public class OversampleCommandTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    private const string Warning = "aemlo: warning: ";

    private static string[] Arguments(string data, string output, params string[] more) =>
        ["oversample", data, "-o", output, "--seed", "11", .. SampleFixture.SmallNetwork, .. more];

    [Fact]
    public void Oversample_Sample_KeepsTheOriginalBytesFirstAndAddsTheRowsItReports()
    {
        using var folder = new TempFolder();
        string output = folder.File("out.arff");

        CliResult result = InProcess.Run(Arguments(sample.Data, output, "-n", "70", "--json"));

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        byte[] original = File.ReadAllBytes(sample.Data);
        Assert.Equal(original, File.ReadAllBytes(output)[..original.Length]);
        Assert.Equal(ArffText.DataLines(sample.Data).Length + 70, ArffText.DataLines(output).Length);
        Assert.Equal(["out.arff", "out.xml"], folder.Files);
        JsonElement json = result.Json();
        Assert.Equal(70, json.GetProperty("newRows").GetInt32());
        Assert.Equal(11, json.GetProperty("seed").GetInt64());
        Assert.Equal("default", json.GetProperty("preset").GetString());
        Assert.Equal(json.GetProperty("before").GetProperty("rows").GetInt32() + 70, json.GetProperty("after").GetProperty("rows").GetInt32());
        Assert.Equal(folder.File("out.xml"), json.GetProperty("labelFile").GetString());
    }

    [Fact]
    public void Oversample_After_MatchesWhatAnalyzeSaysOfTheFileWritten()
    {
        using var folder = new TempFolder();
        string output = folder.File("out.arff");

        JsonElement after = InProcess.Run(Arguments(sample.Data, output, "-n", "50", "--json")).Json().GetProperty("after");
        JsonElement analyzed = InProcess.Run("analyze", output, "--json").Json();

        foreach (string key in new[] { "rows", "cardinality", "meanIR", "cvir", "scumble" })
            Assert.Equal(after.GetProperty(key).GetDouble(), analyzed.GetProperty(key).GetDouble(), 1e-12);
        Assert.Equal(
            after.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("positives").GetInt32()),
            analyzed.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("positives").GetInt32()));
    }

    [Theory]
    [InlineData("default", "1")]
    [InlineData("default", "2")]
    [InlineData("paper", "2")]
    [InlineData("published", "2")]
    public void Oversample_SameSeedInAnotherProcess_WritesTheSameBytes(string preset, string threads)
    {
        using var folder = new TempFolder();
        string[] options = ["--preset", preset, "--epochs", "2", "--latent", "96", "--hidden", "80", "--device", "cpu", "--threads", threads, "--seed", "11", "-n", "60"];

        CliResult here = InProcess.Run(["oversample", sample.Data, "-o", folder.File("here.arff"), .. options]);
        CliResult there = AemloProcess.Run(["oversample", sample.Data, "-o", folder.File("there.arff"), .. options]);

        Assert.Equal(ExitCodes.Ok, here.ExitCode);
        Assert.Equal(ExitCodes.Ok, there.ExitCode);
        Assert.Equal(File.ReadAllBytes(folder.File("here.arff")), File.ReadAllBytes(folder.File("there.arff")));
    }

    [Fact]
    public void Oversample_Text_ShowsLabelsMeasuresSeedAndFiles()
    {
        using var folder = new TempFolder();
        string output = folder.File("out.arff");
        string report = folder.File("run.json");

        CliResult result = InProcess.Run(Arguments(sample.Data, output, "-n", "40", "--report", report));

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(["rows", "2,400", "2,440"], result.Row("rows"));
        Assert.Equal(3, result.Out.Split('\n').Count(line => line.TrimEnd().EndsWith(" yes", StringComparison.Ordinal)));
        Assert.Contains("new rows: 40 (preset default, seed 11, device cpu)", result.Out);
        Assert.Contains(output, result.Out);
        Assert.Contains(report, result.Out);
        Assert.StartsWith(Warning, Assert.Single(result.Error.TrimEnd().Split('\n')));
        using JsonDocument written = JsonDocument.Parse(File.ReadAllBytes(report));
        Assert.Equal(40, written.RootElement.GetProperty("synthetic").GetProperty("seedRows").GetArrayLength());
    }

    [Fact]
    public void Oversample_NoSeedGiven_ShowsTheOneDrawnAndItRepeatsTheRun()
    {
        using var folder = new TempFolder();
        string[] options = ["--json", .. SampleFixture.SmallNetwork];

        JsonElement first = InProcess.Run(["oversample", sample.Data, "-o", folder.File("first.arff"), .. options]).Json();
        string seed = first.GetProperty("seed").GetRawText();
        CliResult second = InProcess.Run(["oversample", sample.Data, "-o", folder.File("second.arff"), "--seed", seed, .. options]);

        Assert.Equal(ExitCodes.Ok, second.ExitCode);
        Assert.Equal(File.ReadAllBytes(folder.File("first.arff")), File.ReadAllBytes(folder.File("second.arff")));
    }

    [Fact]
    public void Oversample_OutputExists_IsRefusedBeforeAnyWorkAndReplacedWithForce()
    {
        using var folder = new TempFolder();
        string output = folder.Write("out.arff", "precious");

        CliResult refused = InProcess.Run(Arguments(sample.Data, output, "--json"));

        Assert.Equal(ExitCodes.Output, refused.ExitCode);
        Assert.Equal("precious", File.ReadAllText(output));
        Assert.Equal(["out.arff"], folder.Files);
        Assert.Contains("--force", refused.Error);
        Assert.Equal("output", refused.Json().GetProperty("error").GetProperty("kind").GetString());

        Assert.Equal(ExitCodes.Ok, InProcess.Run(Arguments(sample.Data, output, "--force")).ExitCode);
        Assert.True(ArffText.DataLines(output).Length > 2400);
    }

    [Fact]
    public void Oversample_ReportExists_IsRefusedBeforeAnyWork()
    {
        using var folder = new TempFolder();
        string report = folder.Write("run.json", "precious");

        CliResult result = InProcess.Run(Arguments(sample.Data, folder.File("out.arff"), "--report", report));

        Assert.Equal(ExitCodes.Output, result.ExitCode);
        Assert.Equal(["run.json"], folder.Files);
    }

    [Fact]
    public void Oversample_ReportThatCannotBeWrittenAtTheEnd_LeavesNoDataSet()
    {
        using var folder = new TempFolder();
        string report = folder.File("run.json");
        OversampleFiles files = OversampleFiles.Check([], sample.Data, folder.File("out.arff"), report, overwrite: false);
        MultiLabelDataset data = ArffReader.Read(sample.Data, LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken);
        var result = OversampleOutcome.Of(AemloOversampler.Run(data, AemloPresets.Default with { Num = 0, Seed = 1 }, cancellationToken: TestContext.Current.CancellationToken));
        folder.Write("run.json", "theirs");

        Assert.Throws<OutputException>(() => files.Write(data, result, TestContext.Current.CancellationToken));

        Assert.Equal(["run.json"], folder.Files);
        Assert.Equal("theirs", File.ReadAllText(report));
    }

    [Fact]
    public void Oversample_FolderOfTheOutputMissing_EndsWithOutputCode()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(Arguments(sample.Data, Path.Combine(folder.Path, "none", "out.arff")));

        Assert.Equal(ExitCodes.Output, result.ExitCode);
    }

    [Fact]
    public void Oversample_NothingToMake_SucceedsWithAWarning()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(Arguments(sample.Data, folder.File("out.arff"), "-n", "0", "--json"));

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(0, result.Json().GetProperty("newRows").GetInt32());
        Assert.StartsWith(Warning, result.Error);
        Assert.Equal(File.ReadAllBytes(sample.Data), File.ReadAllBytes(folder.File("out.arff")));
    }

    [Fact]
    public void Oversample_LossLeavesTheRangeOfNumbers_EndsWithTrainingCodeAndWritesNothing()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(Arguments(sample.Data, folder.File("out.arff"), "--preset", "published", "--alpha", "1e38", "--learning-rate", "1"));

        Assert.Equal(ExitCodes.Training, result.ExitCode);
        Assert.Contains("--learning-rate", result.Error);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Oversample_Quiet_WritesNothingButWarningsAndTheFiles()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(Arguments(sample.Data, folder.File("out.arff"), "-n", "5", "--quiet"));

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.All(result.Error.TrimEnd().Split('\n'), line => Assert.StartsWith(Warning, line));
        Assert.Equal(["out.arff", "out.xml"], folder.Files);
    }

    [Fact]
    public void Oversample_ProgressLines_GivesEveryTermOfEveryEpoch()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(Arguments(sample.Data, folder.File("out.arff"), "-n", "5", "--progress", "lines"));

        string[] lines = [.. result.Error.TrimEnd().Split('\n').Where(line => !line.StartsWith(Warning, StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"epoch \d/2  [\d,]+ rows/s  \d+:\d\d left  macro-F 0\.\d{3} \(training rows\)  total \S+  correlation \S+  orthonormality-x \S+  orthonormality-y \S+  reconstruction \S+  structure \S+  ranking \S+  cross-entropy \S+", line));
    }
}
