using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Client;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Cli.Tests.Batch;

public class ServerBatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Batch_ThroughServer_WritesTheFilesAndReportsOfALocalRunAndLeavesNoModels(int jobs)
    {
        string plan = "data: {path: 'f{fold}.arff', folds: 1..2}\nsets: {a: " + BatchFolder.Network + ", none: {minority-cut: 1000}}\nnums: [4, 9]\nseeds: [1, 2]\noutput: out/{set}-{data}-{num}-{seed}.arff\n";
        using var here = new BatchFolder();
        here.WritePlan(plan);
        using var there = new BatchFolder();
        there.WritePlan(plan);
        Assert.Equal(ExitCodes.Ok, here.Run().ExitCode);

        CliResult result = there.Run("--server", server.Address, "--jobs", $"{jobs}", "--json");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Equal(here.Outputs(), there.Outputs());
        Assert.Equal(
            here.Entries().Select(entry => JsonFile.WithoutTimes(entry!["report"]!).Replace(here.File(""), "", StringComparison.Ordinal)),
            there.Entries().Select(entry => JsonFile.WithoutTimes(entry!["report"]!).Replace(there.File(""), "", StringComparison.Ordinal)));
        using AemloClient client = server.Connect();
        Assert.Empty(await client.Models.ListAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.False(Directory.Exists(there.File("plan.report.work")));
    }

    [Fact]
    public async Task Batch_KilledAfterASharedTraining_GoesOnWithTheModelOnTheServer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process");
        string plan = "data: f1.arff\nsets: {a: " + BatchFolder.Network + "}\nnums: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\nseeds: 77\noutput: out/{num}.arff\n";
        using var here = new BatchFolder(folds: 1);
        here.WritePlan(plan);
        using var folder = new BatchFolder(folds: 1);
        folder.WritePlan(plan);
        using (AemloProcess process = AemloProcess.Start(["batch", folder.Plan, "--progress", "lines", "--server", server.Address]))
        {
            process.WaitForErrorLine("[1/12]");
            process.Signal(9);
            Assert.Equal(137, process.End().ExitCode);
        }

        CliResult result = folder.Run("--server", server.Address);

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Equal(ExitCodes.Ok, here.Run().ExitCode);
        Assert.Equal(here.Outputs(), folder.Outputs());
        using AemloClient client = server.Connect();
        Assert.Equal(1, await client.Jobs.ListAsync(cancellationToken: Cancellation).CountAsync(job => job.Kind == JobKind.Train && job.Method.Options["seed"] == "77", Cancellation));
    }

    [Fact]
    public void Batch_ServerThatIsNotThere_EndsWithTheServersCodeAndKeepsWhatIsDone()
    {
        using var folder = new BatchFolder();
        folder.WritePlan("data: [f1.arff, f2.arff]\nsets: {a: " + BatchFolder.Network + "}\nnums: 4\noutput: out/{data}.arff\n");

        CliResult result = folder.Run("--server", "http://127.0.0.1:9", "--jobs", "2");

        Assert.Equal(ExitCodes.Server, result.ExitCode);
        Assert.Contains("0 of 2 entries are done; the same command goes on from there", result.Error);
        Assert.Empty(folder.Outputs());
        Assert.Equal(ExitCodes.Ok, folder.Run().ExitCode);
    }
}
