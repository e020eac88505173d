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
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DeviceSlot> _slots = [];
    private readonly List<Task> _loops = [];
    private bool _known;
    private bool _disposed;
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

    public string? WhyNone
    {
        get
        {
            DeviceSlot[] slots = Slots();
            return slots.Length > 0 && slots.All(slot => slot.WhyNone is not null) ? slots[0].WhyNone : null;
        }
    }

    /// <summary>Starts a worker on each device that the configuration names.</summary>
    public void Start()
    {
        string[] names = [.. options.Devices.Select(name => name == "cuda" ? "cuda:0" : name).Distinct()];
        bool auto = names.Contains(WorkerCommandLine.Auto);
        lock (_gate)
            _known = !auto;
        foreach (string name in auto ? [WorkerCommandLine.Auto] : names)
            Add(name);
    }

    /// <summary>Ends every worker; a job that runs is left to the next start of the server.</summary>
    public async Task StopAsync()
    {
        if (!Volatile.Read(ref _disposed))
            await _stop.CancelAsync().ConfigureAwait(false);
        Task[] loops;
        lock (_gate)
            loops = [.. _loops];
        await Task.WhenAll(loops).ConfigureAwait(false);
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

    private void Add(string device)
    {
        var slot = new DeviceSlot(device, starter, jobs, times, time, logger) { CameUp = CameUp, DidNotComeUp = DidNotComeUp };
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            _slots.Add(slot);
            _loops.Add(Task.Run(() => slot.RunAsync(_stop.Token)));
        }
    }

    private void CameUp(DeviceSlot slot, WorkerReady ready)
    {
        lock (_gate)
        {
            if (_known)
                return;
            _known = true;
        }

        for (uint gpu = 1; gpu < ready.GpuCount; gpu++)
            Add(FormattableString.Invariant($"cuda:{gpu}"));
        DeviceSlot[] slots = Slots();
        logger.Found(string.Join(", ", slots.Select(known => known.Device)));
        foreach (ActiveJob job in queue.InOrder())
        {
            if (job.NeedsCuda && !slots.Any(known => WorkerCommandLine.GpuIndex(known.Device) is not null))
                ledger.TryEndQueued(job, JobState.Failed, JobErrors.NoCuda(slots.Select(known => known.Device)));
            else if (job.BegunOn is not null && !slots.Any(known => JobSource.Suits(job, known.Device)))
                ledger.BeginAnew(job);
        }
    }

    /// <summary>Jobs that no device will ever take fail, after patient trying.</summary>
    private void DidNotComeUp(DeviceSlot slot)
    {
        if (slot.WhyNone is not { } why)
            return;
        DeviceSlot[] slots = Slots();
        foreach (ActiveJob job in queue.InOrder())
        {
            if (slots.All(other => other.WhyNone is not null || !JobSource.Suits(job, other.Device)))
                ledger.TryEndQueued(job, JobState.Failed, JobErrors.NoWorker(slot.Device, why));
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
