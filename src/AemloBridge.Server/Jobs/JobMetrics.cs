using System.Diagnostics;
using System.Diagnostics.Metrics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Telemetry;

namespace AemloBridge.Server.Jobs;

/// <summary>What is counted of jobs.</summary>
internal static class JobMetrics
{
    private static readonly UpDownCounter<long> QueuedJobs = ServerTelemetry.Meter.CreateUpDownCounter<long>("aemlo.jobs.queued", "{job}", "Jobs that wait for a device.");
    private static readonly UpDownCounter<long> RunningJobs = ServerTelemetry.Meter.CreateUpDownCounter<long>("aemlo.jobs.running", "{job}", "Jobs that a worker works on.");
    private static readonly Counter<long> AcceptedJobs = ServerTelemetry.Meter.CreateCounter<long>("aemlo.jobs.accepted", "{job}", "Jobs accepted.");
    private static readonly Counter<long> RefusedJobs = ServerTelemetry.Meter.CreateCounter<long>("aemlo.jobs.refused", "{job}", "Jobs refused, by reason.");
    private static readonly Counter<long> EndedJobs = ServerTelemetry.Meter.CreateCounter<long>("aemlo.jobs.ended", "{job}", "Jobs that have ended, by state.");
    private static readonly Counter<long> LostAttempts = ServerTelemetry.Meter.CreateCounter<long>("aemlo.jobs.lost_attempts", "{attempt}", "Attempts that ended with their worker.");
    private static readonly Histogram<double> QueueTime = ServerTelemetry.Meter.CreateHistogram<double>("aemlo.jobs.queue_time", "s", "Time from queueing to a worker.");
    private static readonly Histogram<double> Duration = ServerTelemetry.Meter.CreateHistogram<double>("aemlo.jobs.duration", "s", "Time from the first worker to the end.");
    private static readonly Counter<long> Epochs = ServerTelemetry.Meter.CreateCounter<long>("aemlo.training.epochs", "{epoch}", "Epochs worked off.");
    private static readonly Histogram<double> RowsPerSecond = ServerTelemetry.Meter.CreateHistogram<double>("aemlo.training.rows_per_second", "{row}/s", "Training rows worked off per second.");

    public static void Accepted(JobKind kind) => AcceptedJobs.Add(1, Kind(kind));

    public static void Refused(string reason) => RefusedJobs.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Queued() => QueuedJobs.Add(1);

    public static void LeftQueue() => QueuedJobs.Add(-1);

    public static void Started(TimeSpan waited)
    {
        RunningJobs.Add(1);
        QueueTime.Record(waited.TotalSeconds);
    }

    public static void Stopped() => RunningJobs.Add(-1);

    public static void Lost() => LostAttempts.Add(1);

    public static void Ended(JobRecord job)
    {
        var tags = new TagList { Kind(job.Kind), { "state", job.State.ToString() } };
        EndedJobs.Add(1, tags);
        if (job.Started is { } started && job.Ended is { } ended)
            Duration.Record((ended - started).TotalSeconds, tags);
    }

    public static void Progressed(EpochProgress progress, uint before)
    {
        var device = new KeyValuePair<string, object?>("device", progress.Device);
        Epochs.Add(Math.Max(0, (long)progress.Epoch - before), device);
        RowsPerSecond.Record(progress.RowsPerSecond, device);
    }

    private static KeyValuePair<string, object?> Kind(JobKind kind) => new("kind", kind.ToString());
}
