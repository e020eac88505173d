using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Jobs;

/// <summary>A request for a job whose fields have been checked.</summary>
internal sealed record JobSubmission
{
    public required string Tenant { get; init; }

    public required JobKind Kind { get; init; }

    public string RequestId { get; init; } = "";

    /// <summary>SHA-256 over what was asked, the request id left out.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The data set, found in the store; null for Generate from a model alone.</summary>
    public DatasetRecord? Dataset { get; init; }

    /// <summary>The model, found in the store (Generate).</summary>
    public ModelRecord? Model { get; init; }

    public string ModelName { get; init; } = "";

    /// <summary>Every option, validated, the seed included.</summary>
    public required ResamplingOptions Options { get; init; }

    /// <summary>The device asked for; the CPU for a method that needs no other.</summary>
    public DeviceKind Device => Options switch
    {
        AemloOptions training => training.Device,
        NeighbourOptions search => search.Device,
        _ => DeviceKind.Cpu,
    };

    public bool KeepRunning { get; init; }

    public TimeSpan? TimeLimit { get; init; }
}

/// <summary>Accepts, queues, runs, watches and ends jobs.</summary>
internal interface IJobManager
{
    /// <summary>Accepts a job: when this returns it is on the disk and queued.</summary>
    /// <returns>The job, and whether it existed before under the same request id.</returns>
    /// <exception cref="Errors.RequestException">
    /// RESOURCE_EXHAUSTED with or without a time to retry, ALREADY_EXISTS for a request id that stands for another
    /// request, UNAVAILABLE while stopping.
    /// </exception>
    (JobRecord Job, bool Joined) Submit(JobSubmission submission);

    /// <summary>How a job stands; null when the tenant has none of that id.</summary>
    JobSnapshot? Get(string tenant, string id);

    /// <summary>Adds what only the manager knows to a record from the store.</summary>
    JobSnapshot Describe(JobRecord job);

    /// <summary>Ends a job at its next step; one that has ended stays as it is. Null when the tenant has none of that id.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The job.</param>
    /// <param name="error">Why, for its record: CANCELLED or DEADLINE_EXCEEDED.</param>
    JobSnapshot? Cancel(string tenant, string id, JobError error);

    /// <summary>
    /// The job's events from now on until it ends: queued, started, progress. The newest of each that has happened
    /// already comes first. Progress may be skipped for a slow reader; nothing else is.
    /// </summary>
    /// <returns>Events; after the last one <see cref="Get"/> gives the ended job.</returns>
    IAsyncEnumerable<JobEvent> Watch(string tenant, string id, uint afterEpoch, CancellationToken cancellationToken);

    /// <summary>The devices and how they stand.</summary>
    IReadOnlyList<Device> Devices { get; }

    /// <summary>The libtorch that workers have reported; empty before the first is up.</summary>
    string LibtorchVersion { get; }

    /// <summary>Accepts no more jobs; those that run may go on until the token is cancelled, then they are left to the next start.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}

/// <summary>A job's record with what changes too often to be stored.</summary>
/// <param name="Record">The record.</param>
/// <param name="QueuePosition">Jobs ahead of it while queued.</param>
/// <param name="Progress">The newest progress, if any.</param>
internal sealed record JobSnapshot(JobRecord Record, int QueuePosition, EpochProgress? Progress);
