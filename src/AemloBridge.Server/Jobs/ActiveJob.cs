using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Jobs;

/// <summary>A job that has not ended, as it stands in memory. Its record is changed by <see cref="JobLedger"/> alone.</summary>
internal sealed class ActiveJob(JobRecord record)
{
    private readonly Lock _gate = new();
    private JobRecord _record = record;
    private JobError? _cancelError;
    private Action? _onCancel;

    /// <summary>The record as it is in the store, or is about to be.</summary>
    public JobRecord Record
    {
        get => Volatile.Read(ref _record);
        set => Volatile.Write(ref _record, value);
    }

    public JobFeed Feed { get; } = new();

    /// <summary>When it was queued, last.</summary>
    public DateTimeOffset Queued { get; set; } = record.Created;

    /// <summary>Time that earlier attempts ran while this server has been up.</summary>
    public TimeSpan TimeRun { get; set; }

    /// <summary>Why it is to end; null while nobody has asked for that.</summary>
    public JobError? CancelError
    {
        get
        {
            lock (_gate)
                return _cancelError;
        }
    }

    /// <summary>The device that its checkpoint comes from; null without one.</summary>
    public string? BegunOn { get; set; }

    /// <summary>Whether it asks for a GPU.</summary>
    public bool NeedsCuda => Record.Options.GetValueOrDefault(DeviceOption) == "cuda";

    /// <summary>Whether it asks for the CPU, or has no use for another device.</summary>
    public bool WantsCpu => Record.Options.GetValueOrDefault(DeviceOption, "cpu") == "cpu";

    /// <summary>The memory it is estimated to need; after a restart all of it counts as the machine's.</summary>
    public MemoryEstimate Memory { get; init; } = new(record.MemoryEstimate, 0);

    /// <summary>The option that names the device.</summary>
    public const string DeviceOption = "device";

    /// <summary>Asks the job to end; the first reason counts.</summary>
    public void RequestCancel(JobError error)
    {
        Action? act;
        lock (_gate)
        {
            if (_cancelError is not null)
                return;
            _cancelError = error;
            act = _onCancel;
        }

        act?.Invoke();
    }

    /// <summary>Has an action called when the job is asked to end, at once if it was already; null takes it back.</summary>
    public void OnCancel(Action? act)
    {
        bool already;
        lock (_gate)
        {
            _onCancel = act;
            already = _cancelError is not null;
        }

        if (already)
            act?.Invoke();
    }
}
