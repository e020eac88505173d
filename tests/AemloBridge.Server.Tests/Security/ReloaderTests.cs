using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AemloBridge.Server.Tests.Security;

public sealed class ReloaderTests
{
    [Fact]
    public async Task Execute_EveryInterval_LooksForChangesUntilItIsStopped()
    {
        var time = new ManualTime();
        var item = new Counted();
        using var reloader = new Reloader([item], time, NullLogger<Reloader>.Instance);
        await reloader.StartAsync(TestContext.Current.CancellationToken);

        // It begins in its own time, so the clock goes on until it has looked.
        for (int look = 0; look < 3; look++)
        {
            while (!await item.Looked.WaitAsync(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken))
                time.Advance(Reloader.Interval);
        }

        await reloader.StopAsync(TestContext.Current.CancellationToken);
        int looks = item.Looks;
        time.Advance(Reloader.Interval);
        Assert.Equal(looks, item.Looks);
    }

    private sealed class Counted : IReloadable
    {
        private int _looks;

        public SemaphoreSlim Looked { get; } = new(0);

        public int Looks => Volatile.Read(ref _looks);

        public bool Refresh()
        {
            Interlocked.Increment(ref _looks);
            Looked.Release();
            return false;
        }
    }
}
