using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Batch;

/// <summary>A batch that is run again, after its end or after it was stopped.</summary>
public class BatchResumeTests
{
    private const string Network = BatchFolder.Network;

    [Fact]
    public void Batch_RunAgain_DoesOnlyWhatIsNotThere()
    {
        using var folder = new BatchFolder();
        folder.WritePlan(BatchFolder.WholePlan());
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);
        (string, string)[] outputs = folder.Outputs();
        File.Delete(folder.File("out/a/f2-9-1.xml"));
        File.Delete(folder.File("out/a/f2-9-1.arff"));
        folder.WritePlan(BatchFolder.WholePlan().Replace("[1, 2]", "[1, 2, 3]", StringComparison.Ordinal));

        CliResult result = folder.Run("--json");

        Assert.Equal((5, 7), (result.Json().GetProperty("done").GetInt32(), result.Json().GetProperty("doneBefore").GetInt32()));
        Assert.Equal(outputs, folder.Outputs().Where(file => !file.Name.EndsWith("-3.arff", StringComparison.Ordinal) && !file.Name.EndsWith("-3.xml", StringComparison.Ordinal)));
        Assert.Equal(12, folder.Entries().Count(entry => entry!["report"] is not null));
    }

    [Theory]
    [InlineData("options")]
    [InlineData("data")]
    [InlineData("labels")]
    [InlineData("output")]
    [InlineData("state")]
    public void Batch_OutputsThatAreNotOfThisPlan_AreKeptUnlessForced(string change)
    {
        using var folder = new BatchFolder(folds: 1);
        string plan = "data: f1.arff\nsets: {a: " + Network + "}\nnums: 4\noutput: out/o.arff\n";
        folder.WritePlan(plan);
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);
        switch (change)
        {
            case "options":
                folder.WritePlan(plan.Replace("epochs: 3", "epochs: 4", StringComparison.Ordinal));
                break;
            case "data":
                folder.Write("f1.arff", SmallData.Arff);
                break;
            case "labels":
                folder.Write("f1.xml", SmallData.Xml + " ");
                break;
            case "output":
                folder.Write("out/o.arff", "mine");
                break;
            default:
                File.Delete(folder.State);
                break;
        }

        (string, string)[] before = folder.Outputs();

        CliResult refused = folder.Run();
        Assert.Equal(ExitCodes.Output, refused.ExitCode);
        Assert.Contains("--force", refused.Error);
        Assert.Equal(before, folder.Outputs());
        CliResult forced = folder.Run("--force", "--json");
        Assert.Equal(ExitCodes.Ok, forced.ExitCode);
        Assert.Equal(1, forced.Json().GetProperty("done").GetInt32());
    }

    [Theory]
    [InlineData(2, ExitCodes.Cancelled)]
    [InlineData(9, 137)]
    public void Batch_StoppedInATraining_GoesOnAndWritesWhatAnUndisturbedRunWrites(int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process");
        // The second set is what the run is stopped in.
        string plan = "data: f1.arff\nsets: {a: " + Network + ", b: " + Network.Replace("epochs: 3", "epochs: 3000", StringComparison.Ordinal) + "}\nnums: [4, 9]\noutput: out/{set}{num}.arff\n";
        using var undisturbed = new BatchFolder();
        undisturbed.WritePlan(plan);
        using var folder = new BatchFolder();
        folder.WritePlan(plan);
        using (AemloProcess process = AemloProcess.Start(["batch", folder.Plan, "--progress", "lines"]))
        {
            process.WaitForErrorLine("f1 b num 4 seed 1: epoch 2/3000");
            process.Signal(signal);
            CliResult stopped = process.End();
            Assert.Equal(expected, stopped.ExitCode);
            if (signal == 2)
                Assert.Contains("2 of 4 entries are done; the same command goes on from there", stopped.Error);
        }

        Assert.False(folder.Exists("plan.report.json"));
        // What was being written when the run was killed: a line of the state cut off in its middle.
        File.AppendAllText(folder.State, "{\"kind\":\"done\",\"outp");

        CliResult resumed = folder.Run("--json");

        Assert.True(resumed.ExitCode == ExitCodes.Ok, resumed.Error);
        Assert.Equal(2, resumed.Json().GetProperty("doneBefore").GetInt32());
        Assert.Equal(ExitCodes.Ok, undisturbed.Run().ExitCode);
        Assert.Equal(undisturbed.Outputs(), folder.Outputs());
        Assert.False(Directory.Exists(folder.File("plan.report.work")));
    }

    [Fact]
    public void Batch_KilledBetweenOutputAndRecord_TakesTheOutputForItsOwn()
    {
        using var folder = new BatchFolder(folds: 1);
        folder.WritePlan("data: f1.arff\nsets: {a: " + Network + "}\nnums: 4\noutput: out/o.arff\n");
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);
        (string, string)[] outputs = folder.Outputs();
        // As if the record that it is done had not reached the disk.
        string[] lines = [.. File.ReadAllLines(folder.State).Where(line => !line.Contains("\"kind\":\"done\"", StringComparison.Ordinal))];
        File.WriteAllLines(folder.State, lines);

        CliResult result = folder.Run("--json");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Equal(1, result.Json().GetProperty("done").GetInt32());
        Assert.Equal(outputs, folder.Outputs());
    }

    [Fact]
    public void Batch_FromAnotherFolder_KnowsWhatIsDone()
    {
        using var folder = new BatchFolder(folds: 1);
        folder.WritePlan("data: f1.arff\nsets: {a: " + Network + "}\nnums: 4\noutput: out/o.arff\n");
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);

        CliResult result = InProcess.Run("batch", Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Plan), "--json");

        Assert.Equal(1, result.Json().GetProperty("doneBefore").GetInt32());
    }
}
