namespace AemloBridge.Server.Jobs;

/// <summary>How long jobs have taken lately, for a guess at when there is room again.</summary>
internal sealed class JobDurations
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private double? _mean;

    /// <summary>A job has taken so long.</summary>
    public void Add(TimeSpan duration)
    {
        lock (_gate)
            _mean = _mean is { } mean ? 0.8 * mean + 0.2 * duration.TotalSeconds : duration.TotalSeconds;
    }

    /// <summary>When a place in the queue should be free: so many jobs must end first, on so many devices.</summary>
    public TimeSpan Until(int jobs, int devices)
    {
        lock (_gate)
        {
            TimeSpan each = _mean is { } mean ? TimeSpan.FromSeconds(mean) : Unknown;
            TimeSpan wait = each * Math.Max(1, jobs) / Math.Max(1, devices);
            return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
        }
    }
}
