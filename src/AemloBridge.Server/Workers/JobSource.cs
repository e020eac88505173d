using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Jobs.Queue;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>Where devices get their jobs from.</summary>
internal sealed class JobSource : IDisposable
{
    private readonly IJobQueue _queue;
    private readonly JobLedger _ledger;
    private readonly JobInputs _inputs;
    private readonly ServerOptions _options;
    private readonly WorkerTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger<JobSource> _logger;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _closed;

    public JobSource(IJobQueue queue, JobLedger ledger, JobInputs inputs, ServerOptions options, WorkerTimes times, TimeProvider time, ILogger<JobSource> logger)
    {
        (_queue, _ledger, _inputs, _options, _times, _time, _logger) = (queue, ledger, inputs, options, times, time, logger);
        ledger.Waiting += LookAgain;
    }

    /// <summary>Gives out no more jobs: what waits is left to the next start.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Waits for a job that a device can run, and takes it out of the queue.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no job was taken.</exception>
    public async Task<ActiveJob> NextAsync(string device, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                if (!_closed && _queue.TryDequeue(job => Suits(job, device)) is { } job)
                    return job;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts back a job that was taken and not begun.</summary>
    public void GiveBack(ActiveJob job)
    {
        _queue.Requeue(job);
        _ledger.EndIfAsked(job);
        LookAgain();
    }

    /// <summary>An attempt at a job.</summary>
    public JobRun Run(ActiveJob job, IWorker worker) =>
        new(job, worker, worker.Ready.Device, _ledger, _inputs, _options, _times, _time, _logger);

    public void Dispose() => _ledger.Waiting -= LookAgain;

    /// <summary>Whether a device can run a job.</summary>
    public static bool Suits(ActiveJob job, string device)
    {
        bool gpu = WorkerCommandLine.GpuIndex(device) is not null;
        // Halfway on one kind of device, a job ends there: the other kind rounds otherwise, and its result would differ.
        if (job.BegunOn is { } begun)
            return gpu == (WorkerCommandLine.GpuIndex(begun) is not null);
        return gpu || !job.NeedsCuda;
    }

    /// <summary>Has the devices that wait look at the queue again.</summary>
    public void LookAgain()
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            signal = _changed;
            _changed = NewSignal();
        }

        signal.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
