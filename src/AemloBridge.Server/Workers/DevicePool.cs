using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Workers.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>
/// The devices and their workers. With "auto" the first worker says what there is: this process never loads libtorch.
/// </summary>
internal sealed class DevicePool(
    ServerOptions options,
    IWorkerStarter starter,
    JobSource jobs,
    JobLedger ledger,
    IJobQueue queue,
    WorkerTimes times,
    TimeProvider time,
    ILogger<DevicePool> logger) : IDevices, IAsyncDisposable
{
    private static readonly TimeSpan MeasureAgain = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Held while waiting jobs are looked at: a checkpoint that one look removes must not be a newer one.
    private readonly Lock _looking = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DeviceSlot> _slots = [];
    private readonly List<Task> _loops = [];
    private bool _known;
    private bool _disposed;
    private bool _gaveUp;
    private long _measured;
    private long _free;

    public IReadOnlyList<Device> All
    {
        get
        {
            Device[] all = [.. Slots().Where(slot => slot.Device != WorkerCommandLine.Auto).Select(slot => slot.Describe())];
            foreach (Device device in all.Where(device => !Admission.IsCuda(device)))
                device.MemoryFreeBytes = (ulong)FreeMemory();
            return all;
        }
    }

    public bool AreKnown
    {
        get
        {
            lock (_gate)
                return _known;
        }
    }

    public string LibtorchVersion => Slots().Select(slot => slot.LibtorchVersion).FirstOrDefault(version => version.Length > 0) ?? "";

    public string? WhyNone(bool cuda)
    {
        // Asked first: what is known later than the slots were looked at must not count.
        bool known = AreKnown;
        DeviceSlot[] suitable = [.. Slots().Where(slot => !known || !cuda || WorkerCommandLine.GpuIndex(slot.Device) is not null)];
        return suitable.Length > 0 && suitable.All(slot => slot.WhyNone is not null) ? suitable[0].WhyNone : null;
    }

    /// <summary>Starts a worker on each device that the configuration names.</summary>
    public void Start()
    {
        string[] names = [.. options.Devices.Select(name => name == "cuda" ? "cuda:0" : name).Distinct()];
        bool auto = names.Contains(WorkerCommandLine.Auto);
        ledger.Waiting += Look;
        Add(auto ? [WorkerCommandLine.Auto] : names, known: !auto);
        Look();
    }

    /// <summary>Ends every worker; a job that runs is left to the next start of the server.</summary>
    public async Task StopAsync()
    {
        ledger.Waiting -= Look;
        if (!Volatile.Read(ref _disposed))
            await _stop.CancelAsync().ConfigureAwait(false);
        Task[] loops;
        lock (_gate)
            loops = [.. _loops];
        // Each worker is killed that does not end; a process that even that does not end must not keep the server.
        TimeSpan patience = Volatile.Read(ref _gaveUp) ? TimeSpan.Zero : 2 * times.End;
        try
        {
            await Task.WhenAll(loops).WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (!Interlocked.Exchange(ref _gaveUp, true))
                logger.NotEnded(patience.TotalSeconds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (!Interlocked.Exchange(ref _disposed, true))
            _stop.Dispose();
    }

    private DeviceSlot[] Slots()
    {
        lock (_gate)
            return [.. _slots];
    }

    /// <summary>Adds slots, all of them before the first can be up.</summary>
    private void Add(IEnumerable<string> devices, bool known)
    {
        DeviceSlot[] slots = [.. devices.Select(device => new DeviceSlot(device, starter, jobs, times, time, logger) { CameUp = CameUp, DidNotComeUp = _ => Look() })];
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            _slots.AddRange(slots);
            _loops.AddRange(slots.Select(slot => Task.Run(() => slot.RunAsync(_stop.Token))));
            _known |= known;
        }
    }

    private void CameUp(DeviceSlot slot, WorkerReady ready)
    {
        if (!AreKnown)
        {
            Add(Enumerable.Range(1, Math.Max(1, (int)ready.GpuCount) - 1).Select(gpu => FormattableString.Invariant($"cuda:{gpu}")), known: true);
            logger.Found(string.Join(", ", Slots().Select(known => known.Device)));
        }

        Look();
    }

    /// <summary>Looks at every job that waits: one that no device here can run, or none for a long time, must not wait for ever.</summary>
    private void Look()
    {
        var ended = new List<(ActiveJob Job, JobError Error)>();
        bool again = false;
        lock (_looking)
        {
            bool known = AreKnown;
            DeviceSlot[] slots = Slots();
            bool cuda = slots.Any(slot => WorkerCommandLine.GpuIndex(slot.Device) is not null);
            foreach (ActiveJob job in queue.InOrder())
            {
                DeviceSlot[] suitable = [.. slots.Where(slot => !known || DeviceFit.Suits(job, slot.Device, slot.Memory, options.Limits))];
                if (suitable.Length > 0)
                {
                    if (suitable.All(slot => slot.DownFor >= options.WorkerPatience))
                        ended.Add((job, JobErrors.NoWorker(suitable[0].Device, suitable[0].WhyDown)));
                }
                else if (known && job.NeedsCuda && !cuda)
                {
                    ended.Add((job, JobErrors.NoCuda(slots.Select(slot => slot.Device))));
                }
                else if (known && slots.Any(slot => DeviceFit.IsOfKind(job, slot.Device)))
                {
                    ended.Add((job, JobErrors.GpuTooSmall(job.Memory.Tensors)));
                }
                else if (known)
                {
                    again |= BeginAnew(job);
                }
            }
        }

        foreach ((ActiveJob job, JobError error) in ended)
            ledger.TryEndQueued(job, JobState.Failed, error);
        if (again)
            jobs.LookAgain();
    }

    private bool BeginAnew(ActiveJob job)
    {
        try
        {
            ledger.BeginAnew(job);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The other jobs must not wait for that; the next look tries again.
            logger.NotBegunAnew(error, job.Record.Id);
            return false;
        }
    }

    private long FreeMemory()
    {
        lock (_gate)
        {
            if (_measured == 0 || time.GetElapsedTime(_measured) >= MeasureAgain)
                (_measured, _free) = (time.GetTimestamp(), MemoryInfo.Measure().Available);
            return _free;
        }
    }
}
