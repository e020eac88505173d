using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;

namespace AemloBridge.Server.Tests.Jobs;

public class JobFeedTests
{
    private readonly JobFeed _feed = new();

    [Fact]
    public async Task Watch_ALateComer_GetsTheNewestOfEachFirst()
    {
        _feed.Queued(4);
        _feed.Moved(2);
        _feed.Started(new JobStarted { Attempt = 1 });
        Report(1);
        Report(2);
        await using IAsyncEnumerator<JobEvent> watcher = Watch();
        Assert.Equal(["queued 4", "started 1", "epoch 2"], await Take(watcher, 3));
        _feed.End();
        Assert.False(await watcher.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_ASlowReader_MissesProgressAndNothingElse()
    {
        _feed.Queued(0);
        await using IAsyncEnumerator<JobEvent> watcher = Watch();
        Assert.Equal(["queued 0"], await Take(watcher, 1));
        _feed.Started(new JobStarted { Attempt = 1 });
        Report(1);
        Report(2);
        _feed.Queued(0);
        _feed.Started(new JobStarted { Attempt = 2 });
        Report(3);
        for (uint epoch = 4; epoch < 1000; epoch++)
            Report(epoch);
        _feed.End();
        Assert.Equal(["started 1", "queued 0", "started 2", "epoch 999"], await Take(watcher, 4));
        Assert.False(await watcher.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_AfterAnEpoch_LeavesOutWhatCameBeforeAndWhatIsRepeated()
    {
        _feed.Started(new JobStarted { Attempt = 1 });
        Report(5);
        await using IAsyncEnumerator<JobEvent> watcher = Watch(afterEpoch: 5);
        Assert.Equal(["started 1"], await Take(watcher, 1));
        _feed.Started(new JobStarted { Attempt = 2, ResumedEpochs = 3 });
        Report(4);
        Report(6);
        Assert.Equal(["started 2", "epoch 6"], await Take(watcher, 2));
    }

    [Fact]
    public async Task Watch_TheQueueMoves_TellsTheNewPositionOnce()
    {
        _feed.Queued(3);
        await using IAsyncEnumerator<JobEvent> watcher = Watch();
        Assert.Equal(["queued 3"], await Take(watcher, 1));
        _feed.Moved(3);
        _feed.Moved(1);
        Assert.Equal(["queued 1"], await Take(watcher, 1));
        _feed.Started(new JobStarted { Attempt = 1 });
        _feed.Moved(0);
        Assert.Equal(["started 1"], await Take(watcher, 1));
        _feed.End();
        Assert.False(await watcher.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_TheServerStops_ThrowsWhatItWasToldAfterTheLastEvent()
    {
        await using IAsyncEnumerator<JobEvent> watcher = Watch();
        _feed.Queued(0);
        _feed.End(new InvalidOperationException("stopping"));
        Assert.Equal(["queued 0"], await Take(watcher, 1));
        Assert.Equal("stopping", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await watcher.MoveNextAsync())).Message);
    }

    [Fact]
    public async Task Watch_CancelledWhileNothingHappens_Ends()
    {
        using var stop = new CancellationTokenSource();
        await using IAsyncEnumerator<JobEvent> watcher = _feed.Watch(0, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        ValueTask<bool> next = watcher.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    private IAsyncEnumerator<JobEvent> Watch(uint afterEpoch = 0) =>
        _feed.Watch(afterEpoch, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private void Report(uint epoch) => _feed.Report(new EpochProgress { Epoch = epoch });

    private static async Task<List<string>> Take(IAsyncEnumerator<JobEvent> watcher, int count)
    {
        var seen = new List<string>();
        while (seen.Count < count)
        {
            Assert.True(await watcher.MoveNextAsync());
            JobEvent happened = watcher.Current;
            seen.Add(happened.EventCase switch
            {
                JobEvent.EventOneofCase.Queued => $"queued {happened.Queued.Position}",
                JobEvent.EventOneofCase.Started => $"started {happened.Started.Attempt}",
                _ => $"epoch {happened.Progress.Epoch}",
            });
        }

        return seen;
    }
}
