using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Soak;

public sealed class MemorySoakTests
{
    private const int Readings = 10;

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

        (long Front, long Worker) before = await RunAsync(0, settled);
        (long Front, long Worker) after = await RunAsync(settled, jobs);
        double front = (double)after.Front / before.Front, worker = (double)after.Worker / before.Worker;
        SoakScale.Report($"resident memory after {jobs} jobs, against the first {settled}", $"front end {front:0.000} ({after.Front / 1e6:0} MB), worker {worker:0.000} ({after.Worker / 1e6:0} MB)");
        // Fewer jobs say less: the garbage collector alone moves a process by a few percent.
        double allowed = SoakScale.IsFull ? 1.05 : 1.15;
        Assert.InRange(front, 0, allowed);
        Assert.InRange(worker, 0, allowed);

        // The least of what is seen after the last jobs: a process breathes with its garbage collections.
        async Task<(long Front, long Worker)> RunAsync(int first, int end)
        {
            (long front, long worker) = (long.MaxValue, long.MaxValue);
            for (int job = first; job < end; job++)
            {
                await client.OversampleAsync(SoakClient.Request(digest, job, epochs: 2), cancellation);
                if (job < end - Readings)
                    continue;
                int process = server.Process.Id;
                front = Math.Min(front, ProcessTree.Resident(process));
                worker = Math.Min(worker, ProcessTree.Resident(Assert.Single(ProcessTree.ChildrenOf(process))));
            }

            return (front, worker);
        }
    }
}
