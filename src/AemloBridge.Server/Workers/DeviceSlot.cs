using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Workers.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>One device: keeps a worker up on it, and gives it one job after the other.</summary>
internal sealed class DeviceSlot(string device, IWorkerStarter starter, JobSource jobs, WorkerTimes times, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private WorkerReady _ready = new() { Device = device };
    private bool _up;
    private bool _busy;
    private int _failures;
    private long? _down;
    private string _why = "";

    /// <summary>Told when a worker is up.</summary>
    public Action<DeviceSlot, WorkerReady>? CameUp { get; init; }

    /// <summary>Told when a worker did not come up.</summary>
    public Action<DeviceSlot>? DidNotComeUp { get; init; }

    /// <summary>"cpu" or "cuda:0"; "auto" until the first worker has said which.</summary>
    public string Device
    {
        get
        {
            lock (_gate)
                return _ready.Device;
        }
    }

    /// <summary>Bytes of memory that the device has; 0 until a worker has said.</summary>
    public ulong Memory
    {
        get
        {
            lock (_gate)
                return _ready.MemoryTotalBytes;
        }
    }

    /// <summary>Why no worker comes up, after patient trying, as clients may hear it; null while one is up or may come up.</summary>
    public string? WhyNone
    {
        get
        {
            lock (_gate)
                return !_up && _failures >= times.PatientTries ? _why : null;
        }
    }

    /// <summary>For how long no worker has come up; zero while one is up or the first try is under way.</summary>
    public TimeSpan DownFor
    {
        get
        {
            lock (_gate)
                return _down is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Why the last try failed, as clients may hear it.</summary>
    public string WhyDown
    {
        get
        {
            lock (_gate)
                return _why;
        }
    }

    public string LibtorchVersion
    {
        get
        {
            lock (_gate)
                return _ready.LibtorchVersion;
        }
    }

    public Device Describe()
    {
        lock (_gate)
        {
            return new Device
            {
                Name = _ready.Device,
                Description = _ready.DeviceDescription,
                MemoryTotalBytes = _ready.MemoryTotalBytes,
                MemoryFreeBytes = _ready.MemoryFreeBytes,
                DefaultThreads = _ready.DefaultThreads,
                Ready = _up,
                Busy = _busy,
            };
        }
    }

    /// <summary>Runs until told to stop; then no worker is left.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await KeepOneUpAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LoopFailed(error, Device);
                await PauseAsync(times.FirstPause, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Starts a worker and works with it until it is gone.</summary>
    private async Task KeepOneUpAsync(CancellationToken stop)
    {
        IWorker worker;
        try
        {
            worker = await starter.StartAsync(Device, stop).ConfigureAwait(false);
        }
        catch (WorkerStartException error)
        {
            await NotUpAsync(error.Message, error.Cause, stop).ConfigureAwait(false);
            return;
        }

        bool worked = false, usedGpu = false, retired;
        await using (worker.ConfigureAwait(false))
        {
            lock (_gate)
                (_ready, _up, _down) = (worker.Ready, true, null);
            WorkerMetrics.Up(worker.Ready.Device);
            CameUp?.Invoke(this, worker.Ready);
            try
            {
                ActiveJob? job;
                while ((job = await NextJobAsync(worker, usedGpu, stop).ConfigureAwait(false)) is not null)
                {
                    worked = true;
                    usedGpu |= DeviceFit.IsOnGpu(job, worker.Ready.Device);
                    lock (_gate)
                        _failures = 0;
                    if (!await WorkAsync(job, worker, stop).ConfigureAwait(false))
                        break;
                }

                retired = job is null && !worker.Exit.IsCompleted;
            }
            finally
            {
                lock (_gate)
                    (_up, _busy) = (false, false);
                WorkerMetrics.Gone(worker.Ready.Device);
            }
        }

        if (stop.IsCancellationRequested)
            return;
        if (retired)
        {
            logger.Retired(Device, worker.ProcessId);
            return;
        }

        WorkerExit exit = await worker.Exit.ConfigureAwait(false);
        WorkerMetrics.Restarted(worker.Ready.Device);
        if (worked)
            logger.Died(Device, worker.ProcessId, exit.How);
        else
            await NotUpAsync($"the worker {exit.How} before it had a job", $"the worker {exit.Cause} before it had a job", stop).ConfigureAwait(false);
    }

    /// <summary>The next job; null when the worker is gone, or has held the memory of a GPU for too long without one.</summary>
    private async Task<ActiveJob?> NextJobAsync(IWorker worker, bool usedGpu, CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<ActiveJob> next = jobs.NextAsync(worker.Ready, waiting.Token);
        Task idle = Task.Delay(usedGpu ? times.IdleGpu : Timeout.InfiniteTimeSpan, time, waiting.Token);
        Task first = await Task.WhenAny(next, worker.Exit, idle).ConfigureAwait(false);
        if (first == next)
        {
            // Ends the delay.
            await waiting.CancelAsync().ConfigureAwait(false);
            return await next.ConfigureAwait(false);
        }

        await waiting.CancelAsync().ConfigureAwait(false);
        try
        {
            ActiveJob taken = await next.ConfigureAwait(false);
            // Taken at this very moment: it is not the worker's any more where that is gone.
            if (!worker.Exit.IsCompleted)
                return taken;
            jobs.GiveBack(taken, worker.Ready.Device);
        }
        catch (OperationCanceledException)
        {
            // None was taken.
        }

        return null;
    }

    private async Task<bool> WorkAsync(ActiveJob job, IWorker worker, CancellationToken stop)
    {
        lock (_gate)
            _busy = true;
        try
        {
            return await jobs.RunAsync(job, worker, stop).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _busy = false;
        }
    }

    private async Task NotUpAsync(string why, string cause, CancellationToken stop)
    {
        TimeSpan pause;
        int failures;
        lock (_gate)
        {
            failures = ++_failures;
            _why = cause;
            _down ??= time.GetTimestamp();
            pause = times.Pause(failures);
        }

        logger.NotUp(Device, failures, pause.TotalSeconds, why);
        DidNotComeUp?.Invoke(this);
        await PauseAsync(pause, stop).ConfigureAwait(false);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller looks.
        }
    }
}
