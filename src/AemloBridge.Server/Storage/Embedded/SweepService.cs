using Microsoft.Extensions.Hosting;
namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Sweeps when the server starts and from time to time.</summary>
internal sealed class SweepService(EmbeddedStorage storage, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two sweeps.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                storage.Sweep();
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                // A full or faulty disk must not end the server; the next sweep may do better.
                storage.Logger.SweepFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
