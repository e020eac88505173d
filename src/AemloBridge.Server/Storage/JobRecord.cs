using AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Storage;

/// <summary>A job as it is kept; everything that a restarted server needs to know of it.</summary>
internal sealed record JobRecord
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required JobKind Kind { get; init; }

    public JobState State { get; init; } = JobState.Queued;

    /// <summary>The client's name for the request; empty for none. Unique within the tenant otherwise.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>SHA-256 over what was asked, so that a repeat of a request id can be told from another request.</summary>
    public string RequestHash { get; init; } = "";

    public string DatasetDigest { get; init; } = "";

    public string ModelId { get; init; } = "";

    public string ModelName { get; init; } = "";

    public string Method { get; init; } = "aemlo";

    /// <summary>Every option, the seed included.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>False when the job ends with the call that started it.</summary>
    public bool KeepRunning { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Bytes it was estimated to need when it was accepted.</summary>
    public long MemoryEstimate { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>How often it was started.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that were lost without a new checkpoint; after the second the job fails.</summary>
    public int LostAttempts { get; init; }

    /// <summary>Epochs of the checkpoint that the current attempt began with.</summary>
    public int AttemptEpochs { get; init; }

    public string Device { get; init; } = "";

    /// <summary>Why it failed or was cancelled.</summary>
    public JobError? Error { get; init; }

    public bool HasEnded => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled;
}
