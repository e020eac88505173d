using AemloBridge.Server.Tests.Storage;
using AemloBridge.Server.Workers;

namespace AemloBridge.Server.Tests.Workers;

public class JobTimeLimitTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(60)]
    public void Acts_OnceAndNotBeforeItsTime(double days)
    {
        int acts = 0;
        var time = new ManualTime();
        using var limit = new JobTimeLimit(TimeSpan.FromDays(days), time, () => acts++);
        for (double passed = 0.25; passed < days; passed += 0.25)
        {
            time.Advance(TimeSpan.FromDays(0.25));
            Assert.Equal(0, acts);
        }

        time.Advance(TimeSpan.FromDays(0.25) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, acts);
        time.Advance(TimeSpan.FromDays(100));
        Assert.Equal(1, acts);
    }

    [Fact]
    public async Task Acts_WithTheSystemsClock()
    {
        var acted = new TaskCompletionSource();
        // What no timer of the system takes.
        using var never = new JobTimeLimit(TimeSpan.FromDays(3650), TimeProvider.System, () => acted.TrySetException(new InvalidOperationException("too early")));
        using var soon = new JobTimeLimit(TimeSpan.FromMilliseconds(20), TimeProvider.System, () => acted.TrySetResult());
        await acted.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var past = new JobTimeLimit(TimeSpan.FromDays(-1), TimeProvider.System, () => acted.TrySetResult());
    }
}
