using AemloBridge.Server.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>Makes the server healthy while a worker is up, until it drains.</summary>
internal sealed class HealthMonitor(IJobManager jobs, ServerHealth health, TimeProvider time, ILogger<HealthMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A worker that is lost is started again within moments; balancers need not turn away for that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long? ready = null;
        try
        {
            do
            {
                if (jobs.Devices.Any(device => device.Ready))
                    ready = time.GetTimestamp();
                Set(ready is { } last && time.GetElapsedTime(last) < Patience);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Set(bool serving)
    {
        if (health.Set(serving))
            logger.HealthChanged(health.Now.Status.ToString());
    }
}
