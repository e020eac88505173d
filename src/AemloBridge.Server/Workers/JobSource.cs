using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Workers.Inside;
using AemloBridge.Server.Workers.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>Where devices get their jobs from.</summary>
internal sealed class JobSource : IDisposable
{
    private readonly IJobQueue _queue;
    private readonly JobLedger _ledger;
    private readonly JobInputs _inputs;
    private readonly ServerOptions _options;
    private readonly SharedMemory _memory;
    private readonly WorkerTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger<JobSource> _logger;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _closed;

    public JobSource(IJobQueue queue, JobLedger ledger, JobInputs inputs, ServerOptions options, SharedMemory memory, WorkerTimes times, TimeProvider time, ILogger<JobSource> logger)
    {
        (_queue, _ledger, _inputs, _options, _memory) = (queue, ledger, inputs, options, memory);
        (_times, _time, _logger) = (times, time, logger);
        ledger.Waiting += LookAgain;
    }

    /// <summary>Gives out no more jobs: what waits is left to the next start.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Waits for a job that a device can run beside those that run, and takes it out of the queue.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no job was taken.</exception>
    public async Task<ActiveJob> NextAsync(WorkerReady device, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                if (!_closed && Take(device) is { } job)
                    return job;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts back a job that was taken and not begun.</summary>
    public void GiveBack(ActiveJob job, string device)
    {
        _memory.Release(device);
        _queue.Requeue(job);
        _ledger.EndIfAsked(job);
        LookAgain();
    }

    /// <summary>Makes an attempt at a job that was taken.</summary>
    /// <returns>Whether the worker can take another job.</returns>
    public async Task<bool> RunAsync(ActiveJob job, IWorker worker, CancellationToken stop)
    {
        try
        {
            bool usable = await new JobRun(job, worker, worker.Ready.Device, _ledger, _inputs, _options, _times, _time, _logger).RunAsync(stop).ConfigureAwait(false);
            // After such an error the device may be broken for this process alone: a CUDA context that had one fails every later job.
            if (usable && job.Record is { State: JobState.Failed, Error: { } error } && RunFailures.IsOfServer(error))
            {
                _logger.NotTrusted(worker.Ready.Device, worker.ProcessId, job.Record.Id);
                return false;
            }

            return usable;
        }
        finally
        {
            _memory.Release(worker.Ready.Device);
            LookAgain();
        }
    }

    public void Dispose() => _ledger.Waiting -= LookAgain;

    private ActiveJob? Take(WorkerReady device)
    {
        bool waits = false;
        if (_queue.TryDequeue(Fits) is not { } job)
            return null;
        _memory.Hold(device.Device, DeviceFit.HostBytes(job, device.Device));
        return job;

        bool Fits(ActiveJob job)
        {
            // One that waits for memory is passed by none, or small jobs would keep it waiting for ever.
            if (waits || !DeviceFit.Suits(job, device.Device, device.MemoryTotalBytes, _options.Limits))
                return false;
            waits = !_memory.HasRoom(DeviceFit.HostBytes(job, device.Device));
            return !waits;
        }
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
