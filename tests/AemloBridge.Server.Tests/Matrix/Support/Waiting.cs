using AemloBridge.Server.Tests.Jobs.Support;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>Waits for what no event tells.</summary>
internal static class Waiting
{
    /// <summary>Asks until the answer is yes.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(JobsFixture.Limit);
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }
}
