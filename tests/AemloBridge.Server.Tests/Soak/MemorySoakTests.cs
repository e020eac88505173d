using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Soak;

public sealed class MemorySoakTests
{
    /// <summary>What one job leaves behind would add up: both processes stay as large as they were after the first jobs.</summary>
    [Fact]
    public async Task Memory_OverManyJobsInSequence_StaysWhereItWas()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("resident memory is read from /proc");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int jobs = SoakScale.Of(500, 60);
        int settled = SoakScale.Of(50, 25);
        await using RunningServer server = await RunningServer.StartAsync();
        var client = new SoakClient(server.Channel);
        string digest = await client.UploadAsync(cancellation);

        (long Front, long Worker) before = default;
        for (int job = 0; job < jobs; job++)
        {
            await client.OversampleAsync(SoakClient.Request(digest, job, epochs: 2), cancellation);
            if (job == settled - 1)
                before = Measure();
        }

        (long Front, long Worker) after = Measure();
        double front = (double)after.Front / before.Front, worker = (double)after.Worker / before.Worker;
        SoakScale.Report($"resident memory after {jobs} jobs, against the first {settled}", $"front end {front:0.000} ({after.Front / 1e6:0} MB), worker {worker:0.000} ({after.Worker / 1e6:0} MB)");
        // Fewer jobs say less: the garbage collector alone moves a process by a few percent.
        double allowed = SoakScale.IsFull ? 1.05 : 1.15;
        Assert.InRange(front, 0, allowed);
        Assert.InRange(worker, 0, allowed);

        (long Front, long Worker) Measure()
        {
            int process = server.Process.Id;
            return (ProcessTree.Resident(process), ProcessTree.Resident(Assert.Single(ProcessTree.ChildrenOf(process))));
        }
    }
}
