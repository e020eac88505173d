namespace AemloBridge.Server.Workers;

/// <summary>Calls an action once after a time of any length: a timer alone takes 49 days at most.</summary>
internal sealed class JobTimeLimit : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly Action _act;
    private readonly long _began;
    private readonly ITimer _timer;

    /// <summary>Begins to wait.</summary>
    /// <param name="limit">How long; at once when nothing is left.</param>
    /// <param name="time">The clock.</param>
    /// <param name="act">What to do then, on a thread of the pool.</param>
    public JobTimeLimit(TimeSpan limit, TimeProvider time, Action act)
    {
        (_limit, _time, _act, _began) = (limit, time, act, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm(limit);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        TimeSpan left = _limit - _time.GetElapsedTime(_began);
        if (left > TimeSpan.Zero)
            Arm(left);
        else
            _act();
    }

    private void Arm(TimeSpan left)
    {
        // Rounded up: timers count whole milliseconds, and one that comes early would only be set again.
        TimeSpan next = left > Longest ? Longest : left > TimeSpan.Zero ? left + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero;
        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }
}
