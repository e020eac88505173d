using System.Collections.Concurrent;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Net.Client;

namespace AemloBridge.Server.Tests.Soak;

public sealed class QueueSoakTests
{
    private const int Channels = 4;

    /// <summary>More clients than the queue holds: each job ends with its result or is refused with a time to retry; none is lost, none runs twice.</summary>
    [Fact]
    public async Task Oversample_ByMoreClientsThanTheQueueHolds_EndsOrIsRefusedWithATimeToRetry()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int clients = SoakScale.Of(200, 40);
        int queue = SoakScale.Of(32, 8);
        await using RunningServer server = await RunningServer.StartAsync("--max-queued-jobs", $"{queue}");
        GrpcChannel[] channels = [.. Enumerable.Range(0, Channels).Select(_ => TestSupport.Channels.To(server.Address))];
        string digest = await new SoakClient(channels[0]).UploadAsync(cancellation);

        var finished = new ConcurrentDictionary<string, int>();
        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(RunAsync));

        IReadOnlyList<Job> jobs = await new SoakClient(channels[0]).ListAsync(cancellation);
        Assert.Equal(clients, finished.Count + refused);
        Assert.Equal(finished.Keys.Order(), jobs.Select(job => job.Id).Order());
        Assert.All(jobs, job => Assert.Equal((JobState.Succeeded, 1u), (job.State, job.Attempts)));
        Assert.All(finished, pair => Assert.Equal(1, pair.Value));
        Assert.InRange(finished.Count, queue, clients - 1);
        SoakScale.Report($"{clients} clients at once, a queue of {queue}", $"{finished.Count} finished, {refused} refused with RetryInfo, none lost, none twice");
        Array.ForEach(channels, channel => channel.Dispose());

        async Task RunAsync(int client)
        {
            try
            {
                (string job, _) = await new SoakClient(channels[client % Channels]).OversampleAsync(SoakClient.Request(digest, client, epochs: 3), cancellation);
                finished.AddOrUpdate(job, 1, (_, count) => count + 1);
            }
            catch (RpcException exception)
            {
                Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
                Google.Rpc.RetryInfo? retry = exception.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>();
                Assert.True(retry?.RetryDelay.ToTimeSpan() > TimeSpan.Zero, exception.Status.Detail);
                Interlocked.Increment(ref refused);
            }
        }
    }
}
