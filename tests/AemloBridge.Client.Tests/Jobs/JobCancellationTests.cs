using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using static AemloBridge.Client.Tests.TestSupport.SampleJob;

namespace AemloBridge.Client.Tests.Jobs;

public class JobCancellationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Oversample_Cancelled_EndsTheJobOnTheServer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        Task<ResamplingOutcome> running = client.OversampleAsync(Given, Options, new Told<EpochReport>(_ => cancel.Cancel()), null, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["j1"], server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_CancelledBeforeTheJobIsKnown_FindsItByItsRequestAndEndsIt()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            server.Jobs.Jobs.Add(new Job { Id = "j9", RequestId = call.Control!.RequestId });
            cancel.Cancel();
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.OversampleAsync(Given, Options, null, null, cancel.Token));

        Assert.Equal(["j9"], server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_CancelledWithKeepRunning_LeavesTheJob()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.OversampleAsync(Given, Options, new Told<EpochReport>(_ => cancel.Cancel()), new JobSettings { KeepRunning = true }, cancel.Token));

        Assert.Empty(server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_ProgressThatThrows_EndsTheJobAndThrowsTheSame()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.OversampleAsync(Given, Options, new Told<EpochReport>(_ => throw new NotSupportedException()), null, Cancellation));

        Assert.Equal(["j1"], server.Jobs.Cancelled);
    }
}
