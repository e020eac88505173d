using AemloBridge.Server.Services;

namespace AemloBridge.Server.Tests.Services;

public sealed class HeavyReadsTests
{
    [Fact]
    public async Task RunAsync_OfMoreThanRunAtOnce_LetsTheRestWaitAndLeave()
    {
        using var reads = new HeavyReads();
        using var release = new ManualResetEventSlim();
        int running = 0, most = 0;
        Task<int>[] started = [.. Enumerable.Range(0, Environment.ProcessorCount + 4).Select(number => reads.RunAsync(
            () =>
            {
                int now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                release.Wait(TestContext.Current.CancellationToken);
                Interlocked.Decrement(ref running);
                return number;
            },
            TestContext.Current.CancellationToken))];
        using var leaving = new CancellationTokenSource();
        Task<int> left = reads.RunAsync<int>(() => throw new InvalidOperationException("it had left"), leaving.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        release.Set();

        Assert.Equal(Enumerable.Range(0, started.Length), await Task.WhenAll(started));
        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task RunAsync_OfSeveralThatTakeMuchMemory_RunsOneAtATimeAndSmallOnesBeside()
    {
        using var reads = new HeavyReads(2);
        using var release = new ManualResetEventSlim();
        int running = 0, most = 0;
        Task<int>[] large = [.. Enumerable.Range(0, 4).Select(number => reads.RunAsync(
            1L << 30,
            () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                release.Wait(TestContext.Current.CancellationToken);
                Interlocked.Decrement(ref running);
                return number;
            },
            TestContext.Current.CancellationToken))];

        Assert.Equal(5, await reads.RunAsync(10, () => 5, TestContext.Current.CancellationToken));
        release.Set();

        Assert.Equal(Enumerable.Range(0, 4), await Task.WhenAll(large));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task RunAsync_AfterOneThatFailed_StillHasRoom()
    {
        using var reads = new HeavyReads();
        for (int time = 0; time < Environment.ProcessorCount; time++)
            await Assert.ThrowsAsync<FormatException>(() => reads.RunAsync<int>(() => throw new FormatException(), TestContext.Current.CancellationToken));

        Assert.Equal(5, await reads.RunAsync(() => 5, TestContext.Current.CancellationToken));
    }
}
