using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>A job whose first call has ended before it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Error">Why it is cancelled.</param>
internal sealed record AbandonedJob(JobRecord Job, JobError Error);

/// <summary>
/// Counts the calls that ask for a job by one request id. A client that has lost its connection repeats the request, and
/// joins its job before anybody notices that the first call is dead: that end must not cancel the job under the second call.
/// </summary>
internal sealed class JobCallers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string RequestId), Callers> _callers = [];

    /// <summary>Counts a call; before its job is looked for, so that the job is not cancelled in between.</summary>
    public void Enter(string tenant, JobOrder order)
    {
        if (order.RequestId.Length == 0)
            return;
        lock (_gate)
        {
            if (!_callers.TryGetValue((tenant, order.RequestId), out Callers? callers))
                _callers.Add((tenant, order.RequestId), callers = new Callers());
            callers.Count++;
        }
    }

    /// <summary>The call has ended.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="order">What it asked for.</param>
    /// <param name="abandoned">The job, when the call started it and ended before it; null otherwise.</param>
    /// <returns>The job to cancel, now that nobody waits for it; null for none.</returns>
    public AbandonedJob? Leave(string tenant, JobOrder order, AbandonedJob? abandoned)
    {
        if (order.RequestId.Length == 0)
            return abandoned;
        lock (_gate)
        {
            Callers callers = _callers[(tenant, order.RequestId)];
            callers.Abandoned = abandoned ?? callers.Abandoned;
            if (--callers.Count > 0)
                return null;
            _callers.Remove((tenant, order.RequestId));
            return callers.Abandoned;
        }
    }

    private sealed class Callers
    {
        public int Count { get; set; }

        public AbandonedJob? Abandoned { get; set; }
    }
}
