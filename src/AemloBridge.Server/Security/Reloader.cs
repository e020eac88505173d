using AemloBridge.Server.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Security;

/// <summary>Looks for changed files now and then, and when it is asked to.</summary>
internal sealed class Reloader(IEnumerable<IReloadable> items, TimeProvider time, ILogger<Reloader> logger) : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<IReloadable> _items = [.. items];
    private readonly Lock _gate = new();

    /// <summary>Looks now.</summary>
    public void Reload()
    {
        if (!Refresh())
            logger.NothingToReload();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_items.Count == 0)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                Refresh();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private bool Refresh()
    {
        lock (_gate)
            return _items.Count(item => item.Refresh()) > 0;
    }
}
