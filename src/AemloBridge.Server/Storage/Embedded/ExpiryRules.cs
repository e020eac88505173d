using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>How long what is not used stays.</summary>
internal sealed class ExpiryRules(Limits limits, TimeProvider time)
{
    /// <summary>When something used (or, a job, ended) at a time may go; the end of time where there is no limit.</summary>
    public DateTimeOffset Expires(ItemKind kind, DateTimeOffset used)
    {
        TimeSpan keep = Keep(kind);
        return keep <= TimeSpan.Zero || keep > DateTimeOffset.MaxValue - used ? DateTimeOffset.MaxValue : used + keep;
    }

    /// <summary>In stored ticks: what was used last at this time or before has expired by now.</summary>
    public long Cutoff(ItemKind kind)
    {
        TimeSpan keep = Keep(kind);
        return keep <= TimeSpan.Zero ? -1 : time.GetUtcNow().UtcTicks - keep.Ticks;
    }

    private TimeSpan Keep(ItemKind kind) => kind switch
    {
        ItemKind.Dataset => limits.KeepDatasets,
        ItemKind.Model => limits.KeepModels,
        ItemKind.Job => limits.KeepJobs,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
