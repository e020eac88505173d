using System.Text.Json;
using System.Text.Json.Nodes;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Batch;

public class BatchCommandTests
{
    private const string Network = BatchFolder.Network;

    [Fact]
    public void Batch_EveryEntry_IsWhatOversampleWritesAlone()
    {
        using var folder = new BatchFolder();
        folder.WritePlan(BatchFolder.WholePlan("{a: " + Network + ", p: {preset: paper, epochs: 3, hidden: 16, latent: 8, device: cpu, threads: 1}}"));

        CliResult result = folder.Run("--json");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonArray entries = folder.Entries();
        Assert.Equal(16, entries.Count);
        foreach ((string set, string fold, string num, string seed) in new[] { ("a", "f1", "4", "1"), ("a", "f2", "9", "2"), ("p", "f1", "9", "1"), ("p", "f2", "4", "2") })
        {
            string preset = set == "p" ? "paper" : "default";
            CliResult alone = InProcess.Run(["oversample", folder.File($"{fold}.arff"), "-o", folder.File("alone.arff"), "--report", folder.File("alone.json"), "--preset", preset, .. BatchFolder.Switches, "-n", num, "--seed", seed, "--force"]);
            Assert.True(alone.ExitCode == ExitCodes.Ok, alone.Error);
            Assert.Equal(folder.Bytes("alone.arff"), folder.Bytes($"out/{set}/{fold}-{num}-{seed}.arff"));
            Assert.Equal(folder.Bytes("alone.xml"), folder.Bytes($"out/{set}/{fold}-{num}-{seed}.xml"));
            JsonNode entry = entries.Single(item => item!["name"]!.GetValue<string>() == $"{fold} {set} num {num} seed {seed}")!;
            Assert.Equal(JsonFile.WithoutTimes(JsonFile.Read(folder.File("alone.json"))), JsonFile.WithoutTimes(entry["report"]!));
        }

        Assert.False(Directory.Exists(folder.File("plan.report.work")));
        Assert.Equal(16, result.Json().GetProperty("done").GetInt32());
    }

    [Fact]
    public void Batch_EntriesThatDifferInAmountAlone_ShareATraining()
    {
        using var folder = new BatchFolder();
        folder.WritePlan(BatchFolder.WholePlan());

        CliResult result = folder.Run("--progress", "lines");

        // Two folds with two seeds.
        Assert.Equal(4, result.Error.Split('\n').Count(line => line.TrimEnd().EndsWith("training for 2 entries", StringComparison.Ordinal)));
        Assert.Contains("[8/8] ", result.Error);
        Assert.Equal("8 done, 0 done before, 0 failed", result.Out.Split('\n').Single(line => line.Contains(" failed", StringComparison.Ordinal)).Trim());
    }

    [Fact]
    public void Batch_TrainingSeed_TrainsOnceADataSetAndWritesTheRowsOfTrainAndGenerate()
    {
        using var folder = new BatchFolder();
        folder.WritePlan(BatchFolder.WholePlan(more: "training-seed: 7"));

        CliResult result = folder.Run("--progress", "lines");

        Assert.Equal(2, result.Error.Split('\n').Count(line => line.TrimEnd().EndsWith("training for 4 entries", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Ok, InProcess.Run(["train", folder.File("f1.arff"), "-o", folder.File("m.safetensors"), "--seed", "7", .. BatchFolder.Switches]).ExitCode);
        Assert.Equal(ExitCodes.Ok, InProcess.Run("generate", "--model", folder.File("m.safetensors"), "-n", "9", "--seed", "2", "-o", folder.File("rows.arff"), "--device", "cpu", "--threads", "1").ExitCode);
        string[] batch = ArffText.DataLines(folder.File("out/a/f1-9-2.arff"));
        Assert.Equal(ArffText.DataLines(folder.File("rows.arff")), batch[^9..]);
        JsonNode entry = folder.Entries()[0]!;
        Assert.Equal((7, 1), (entry["trainingSeed"]!.GetValue<int>(), entry["report"]!["seed"]!.GetValue<int>()));
    }

    [Fact]
    public void Batch_EntryThatFails_DoesNotStopTheOthersAndIsDoneAgain()
    {
        using var folder = new BatchFolder();
        string broken = SmallData.Arff.Replace("3.5,", "3.5x,", StringComparison.Ordinal);
        folder.Write("f1.arff", broken);
        folder.WritePlan(BatchFolder.WholePlan());

        CliResult result = folder.Run("--json");

        Assert.Equal(ExitCodes.Incomplete, result.ExitCode);
        Assert.Equal((4, 4), (result.Json().GetProperty("done").GetInt32(), result.Json().GetProperty("failed").GetInt32()));
        string? error = result.Json().GetProperty("entries")[0].GetProperty("error").GetString();
        Assert.Contains("f1.arff:11:", error);
        Assert.Contains($"aemlo: error: f1 a num 4 seed 1: {error}", result.Error);
        Assert.Equal(8, folder.Outputs().Length);
        Assert.Equal(JsonValueKind.Null, result.Json().GetProperty("entries")[4].GetProperty("error").ValueKind);
        folder.Write("f1.arff", SmallData.Arff);
        Assert.Equal(4, folder.Run("--json").Json().GetProperty("doneBefore").GetInt32());
        Assert.Equal(16, folder.Outputs().Length);
    }

    [Fact]
    public void Batch_NothingToMake_IsDoneWithoutATraining()
    {
        using var folder = new BatchFolder(folds: 1);
        folder.WritePlan("data: f1.arff\nsets: {a: {minority-cut: 1000}}\nnums: [0, 5]\noutput: out/o{num}.arff\n");

        CliResult result = folder.Run("--progress", "lines");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.DoesNotContain("training", result.Error);
        Assert.Equal(folder.Bytes("f1.arff"), folder.Bytes("out/o5.arff"));
        Assert.Contains("no row has a minority label", result.Error);
    }

    [Theory]
    [InlineData("data: f1.arff\nseeds: [1, 2]\noutput: o.arff\n", "o.arff would be the output of 'f1 default rate 0.3 seed 2', and is the output of 'f1 default rate 0.3 seed 1'")]
    [InlineData("data: f1.arff\noutput: f1.arff\n", "is the data set")]
    [InlineData("data: f1.arff\noutput: f1.xml.arff\nseeds: [1,2]\n", "is the output of")]
    [InlineData("data: [f1.arff, f2.arff]\noutput: f2.arff\n", "is the data set")]
    [InlineData("data: f1.arff\noutput: plan.yaml\n", "is the plan itself")]
    [InlineData("data: f1.arff\noutput: plan.report.json\n", "is the batch's own")]
    [InlineData("data: f1.arff\noutput: '{fold}.arff'\n", "'{fold}' stands for nothing in one of the entries")]
    public void Batch_FilesThatWouldBeWrittenTwiceOrRead_AreRefusedBeforeAnyWork(string plan, string expected)
    {
        using var folder = new BatchFolder();
        folder.WritePlan(plan);
        string[] before = Directory.GetFiles(Path.GetDirectoryName(folder.Plan)!);

        CliResult result = folder.Run();

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains(expected, result.Error);
        Assert.Contains("plan.yaml:", result.Error);
        Assert.Equal(before, Directory.GetFiles(Path.GetDirectoryName(folder.Plan)!));
    }

    [Fact]
    public void DryRun_Plan_ShowsEntriesAndTrainingsAndWritesNothing()
    {
        using var folder = new BatchFolder();
        folder.WritePlan(BatchFolder.WholePlan());
        string[] before = Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Plan)!);

        CliResult text = folder.Run("--dry-run");
        JsonElement[] entries = [.. folder.Run("--dry-run", "--json").Json().GetProperty("entries").EnumerateArray()];

        Assert.Contains("8 entries, 8 to do, 4 trainings for them", text.Out);
        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4], entries.Select(entry => entry.GetProperty("training").GetInt32()));
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Plan)!));
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);
        Assert.Contains("8 entries, 0 to do, 0 trainings for them", folder.Run("--dry-run").Out);
    }

    [Fact]
    public void DryRun_SameContentUnderTwoNames_SharesATraining()
    {
        using var folder = new BatchFolder(folds: 1);
        folder.Write("copy.arff", File.ReadAllText(folder.File("f1.arff")));
        folder.Write("copy.xml", SmallData.Xml);
        folder.WritePlan("data: [f1.arff, copy.arff]\nsets: {a: " + Network + "}\nnums: 4\noutput: 'out/{data}.arff'\n");

        Assert.Contains("2 entries, 2 to do, 1 trainings", folder.Run("--dry-run").Out);
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);

        Assert.Equal(folder.Bytes("out/f1.arff"), folder.Bytes("out/copy.arff"));
        Assert.Equal(folder.File("copy.arff"), folder.Entries()[1]!["report"]!["input"]!["path"]!.GetValue<string>());
    }

    [Fact]
    public void DryRun_TheExample_HasTheEntriesAndTrainingsItSays()
    {
        using var folder = new TempFolder();
        string plan = folder.Write("plan.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "batch", "plan.yaml")));
        for (int fold = 1; fold <= 5; fold++)
            Assert.Equal(ExitCodes.Ok, InProcess.Run("sample", "-o", folder.File($"sample-{fold}.arff"), "--seed", $"{fold}").ExitCode);

        Assert.Contains("90 entries, 90 to do, 30 trainings for them", InProcess.Run("batch", plan, "--dry-run").Out);
    }
}
