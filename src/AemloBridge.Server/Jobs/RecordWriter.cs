using AemloBridge.Server.Storage;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Jobs;

/// <summary>Puts the records of jobs on the disk. Where that fails (a full disk) the job waits: it must not end unseen, nor run twice.</summary>
internal sealed class RecordWriter(IJobStore store, ILogger<RecordWriter> logger) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Writes a job's record; blocks until that is done.</summary>
    /// <exception cref="RecordNotWrittenException">The server stops.</exception>
    public void Write(ActiveJob job, JobRecord record)
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
                _stop.Token.WaitHandle.WaitOne(Again);
            }
        }
    }

    /// <summary>Tries nothing again from now on: the server stops.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}

/// <summary>The server stops while a record cannot be written: its next start sees how the job stands.</summary>
internal sealed class RecordNotWrittenException(Exception inner) : Exception(inner.Message, inner);
