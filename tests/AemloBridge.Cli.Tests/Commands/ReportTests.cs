using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

/// <summary>Every kind of run can write its report.</summary>
public class ReportTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Fact]
    public void Train_Report_TellsDataEpochsThresholdsAndVersions()
    {
        using var folder = new TempFolder();
        CliResult result = InProcess.Run(["train", sample.Data, "-o", folder.File("m.safetensors"), "--report", folder.File("run.json"), "--seed", "5", .. SampleFixture.SmallNetwork]);
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);

        JsonElement report = Read(folder.File("run.json"));
        Assert.Equal("train", report.GetProperty("command").GetString());
        Assert.Equal(5, report.GetProperty("seed").GetInt64());
        Assert.Equal(2, report.GetProperty("epochs").GetArrayLength());
        Assert.Equal(12, report.GetProperty("thresholds").EnumerateObject().Count());
        Assert.StartsWith("2.10", report.GetProperty("libtorchVersion").GetString(), StringComparison.Ordinal);
        Assert.Equal(2400, report.GetProperty("input").GetProperty("rows").GetInt32());
        Assert.Equal(64, report.GetProperty("input").GetProperty("labelFileSha256").GetString()!.Length);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("synthetic").ValueKind);
    }

    [Fact]
    public void Generate_Report_NamesTheSeedRowOfEveryNewRow()
    {
        using var folder = new TempFolder();
        CliResult result = InProcess.Run("generate", "--model", sample.Model, "-n", "25", "--seed", "3", "-o", folder.File("rows.arff"), "--report", folder.File("run.json"), "--device", "cpu", "--threads", "1");
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);

        JsonElement report = Read(folder.File("run.json"));
        Assert.Equal("generate", report.GetProperty("command").GetString());
        Assert.Equal(3, report.GetProperty("seed").GetInt64());
        Assert.Equal(25, report.GetProperty("synthetic").GetProperty("seedRows").GetArrayLength());
        Assert.Equal("25", report.GetProperty("options").GetProperty("num").GetString());
    }

    [Theory]
    [InlineData("train")]
    [InlineData("generate")]
    public void Report_ThatExists_IsRefusedBeforeAnyWorkAndKept(string command)
    {
        using var folder = new TempFolder();
        folder.Write("run.json", "mine");
        string[] arguments = command == "train"
            ? ["train", sample.Data, "-o", folder.File("m.safetensors")]
            : ["generate", "--model", sample.Model, "-n", "5", "-o", folder.File("m.arff")];

        CliResult result = InProcess.Run([.. arguments, "--report", folder.File("run.json")]);

        Assert.Equal(ExitCodes.Output, result.ExitCode);
        Assert.Equal("mine", File.ReadAllText(folder.File("run.json")));
        Assert.Equal(["run.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    private static JsonElement Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
