namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Waits for what a server does after its client has gone, where no event tells.</summary>
internal static class Eventually
{
    public static async Task Async(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }
}
