using AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Storage;

/// <summary>Keeps the records of jobs and a folder for each. Safe to call from any thread; a change is on the disk when the call returns.</summary>
internal interface IJobStore
{
    /// <summary>Records a new job and makes its folder.</summary>
    /// <param name="job">The job.</param>
    /// <param name="existing">The tenant's job of the same request id, if there is one.</param>
    /// <returns>False when <paramref name="existing"/> is there already; nothing was changed then.</returns>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the disk is full.</exception>
    bool TryCreate(JobRecord job, out JobRecord? existing);

    /// <summary>Sees that a result fits into the tenant's quota, if need be by deleting what is not used; what the job works on stays.</summary>
    /// <param name="job">The job; it need not be recorded yet.</param>
    /// <param name="bytes">What its result takes.</param>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: it does not fit.</exception>
    void RequireRoom(JobRecord job, long bytes);

    /// <summary>Replaces a job's record.</summary>
    void Update(JobRecord job);

    /// <summary>The tenant's job of that id; null when there is none.</summary>
    JobRecord? Get(string tenant, string id);

    /// <summary>The tenant's job of that request id; null when there is none.</summary>
    JobRecord? FindByRequest(string tenant, string requestId);

    /// <summary>The tenant's jobs, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">The id to begin after; empty for the newest.</param>
    /// <param name="states">Only these; empty for all.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<JobRecord> List(string tenant, string after, IReadOnlyCollection<JobState> states, int limit);

    /// <summary>Every tenant's jobs that have not ended, oldest first.</summary>
    IReadOnlyList<JobRecord> Unfinished();

    /// <summary>The job's folder: see <see cref="JobFiles"/>.</summary>
    string Folder(JobRecord job);

    /// <summary>When an ended job and its folder may go; null while it has not ended.</summary>
    DateTimeOffset? Expires(JobRecord job);
}
