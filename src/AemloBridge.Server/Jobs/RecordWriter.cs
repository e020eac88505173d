using AemloBridge.Server.Storage;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Jobs;

/// <summary>
/// Puts the records of jobs on the disk. Where that fails (a full disk) the job waits: it must not end unseen, nor run twice.
/// No thread waits with it, so that what makes room goes on.
/// </summary>
internal sealed class RecordWriter(IJobStore store, TimeProvider time, ILogger<RecordWriter> logger) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Writes a job's record; the first try is over when this returns, and where it failed others follow.</summary>
    /// <exception cref="RecordNotWrittenException">The server stops.</exception>
    public async Task WriteAsync(ActiveJob job, JobRecord record)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                store.Update(record);
                job.Record = record;
                return;
            }
            catch (Exception error)
            {
                if (_stop.IsCancellationRequested)
                    throw new RecordNotWrittenException(error);
                if (!told)
                    logger.RecordNotWritten(error, record.Id);
            }

            // Once more after a stop: it may have become possible meanwhile.
            await Task.Delay(Again, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tries nothing again from now on: the server stops.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}

/// <summary>The server stops while a record cannot be written: its next start sees how the job stands.</summary>
internal sealed class RecordNotWrittenException(Exception inner) : Exception(inner.Message, inner);
