using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Soak;

public sealed class KillSoakTests
{
    private const int Seed = 20;

    /// <summary>
    /// Workers and the front end are killed at random moments while jobs run. A job ends with the rows that an undisturbed
    /// server gives, or, when it was lost twice without a checkpoint in between, fails and says so.
    /// </summary>
    [Fact]
    public async Task Jobs_UnderRandomKills_EndWithTheUndisturbedRowsOrFailClearly()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("the workers of a server are found in /proc");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int jobs = SoakScale.Of(20, 3);
        int kills = SoakScale.Of(50, 6);
        string[] undisturbed = await UndisturbedAsync(jobs, cancellation);

        await using RunningServer server = await RunningServer.StartAsync("--checkpoint-interval", "0s");
        var random = new Random(Seed);
        string digest = await new SoakClient(server.Channel).UploadAsync(cancellation);
        var ids = new string[jobs];
        for (int job = 0; job < jobs; job++)
            ids[job] = await new SoakClient(server.Channel).BeginAsync(Request(digest, job), cancellation);

        int killed = 0, frontEnds = 0;
        while (killed < kills && await UnfinishedAsync())
        {
            // A moment of the test's choosing, not one it waits for.
            await Task.Delay(random.Next(100, 2500), cancellation);
            if (random.Next(4) == 0)
            {
                await server.KillAsync();
                await server.RestartAsync();
                frontEnds++;
                killed++;
            }
            else if (ProcessTree.ChildrenOf(server.Process.Id) is [int worker, ..])
            {
                ProcessTree.Kill(worker);
                killed++;
            }
        }

        int succeeded = 0;
        var client = new SoakClient(server.Channel);
        for (int job = 0; job < jobs; job++)
        {
            try
            {
                Assert.Equal(undisturbed[job], await client.WatchAsync(ids[job], cancellation));
                succeeded++;
            }
            catch (Grpc.Core.RpcException exception)
            {
                Job failed = await client.GetAsync(ids[job], cancellation);
                Assert.Equal(JobState.Failed, failed.State);
                Assert.True(failed.Attempts >= 2, $"failed after {failed.Attempts} attempt");
                Assert.Contains("worker", exception.Status.Detail, StringComparison.Ordinal);
            }
        }

        Assert.Equal(jobs, (await client.ListAsync(cancellation)).Count);
        Assert.True(succeeded > 0, "no job survived");
        SoakScale.Report($"{killed} random kills ({frontEnds} of the front end) during {jobs} jobs", $"{succeeded} ended with the undisturbed rows, byte for byte; {jobs - succeeded} had spent their retry and failed with a clear status");

        async Task<bool> UnfinishedAsync() =>
            (await new SoakClient(server.Channel).ListAsync(cancellation)).Any(job => job.State is JobState.Queued or JobState.Running);
    }

    private static OversampleRequest Request(string digest, int job) => SoakClient.Request(digest, job, epochs: 400, keepRunning: true);

    private static async Task<string[]> UndisturbedAsync(int jobs, CancellationToken cancellation)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var client = new SoakClient(server.Channel);
        string digest = await client.UploadAsync(cancellation);
        var rows = new string[jobs];
        for (int job = 0; job < jobs; job++)
            rows[job] = (await client.OversampleAsync(Request(digest, job), cancellation)).Rows;
        return rows;
    }
}
