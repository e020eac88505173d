using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>Winds a server down: health fails, balancers get a moment to notice, new work is refused, running jobs end or are left.</summary>
internal sealed class ServerDrain(ServerHealth health, DrainGate gate, IJobManager jobs, ServerOptions options, TimeProvider time, ILogger<ServerDrain> logger)
{
    // Nobody waits for the jobs of a parent that is gone; they are kept all the same.
    private static readonly TimeSpan Hurry = TimeSpan.FromSeconds(1);

    /// <summary>Winds down; when this returns the server can be stopped.</summary>
    /// <param name="cause">Why, for the log.</param>
    /// <param name="inHurry">Whether to leave out what is for the comfort of others.</param>
    public async Task RunAsync(string cause, bool inHurry)
    {
        logger.Stopping(cause);
        health.Fail();
        if (!inHurry)
            await Task.Delay(options.DrainDelay, time).ConfigureAwait(false);

        gate.Close();
        TimeSpan limit = inHurry && options.DrainTime > Hurry ? Hurry : options.DrainTime;
        logger.Draining(limit);
        using var over = new CancellationTokenSource(limit, time);
        try
        {
            await jobs.DrainAsync(over.Token).ConfigureAwait(false);
            if (over.IsCancellationRequested)
                logger.DrainTimeOver();
            else
                logger.Drained();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            logger.DrainTimeOver();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The rest of the end comes all the same.
            logger.DrainFailed(exception);
        }

        health.End();
    }
}
