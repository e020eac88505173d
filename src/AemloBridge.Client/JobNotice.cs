namespace AemloBridge.Client;

/// <summary>What happened to a job, beside its epochs.</summary>
public enum JobNoticeKind
{
    /// <summary>The server has the job on its disk.</summary>
    Accepted,

    /// <summary>The job waits for a device.</summary>
    Queued,

    /// <summary>A worker has taken the job.</summary>
    Started,

    /// <summary>The server is full; the request is made again after a pause.</summary>
    Waiting,

    /// <summary>The connection was lost; it is taken up again after a pause.</summary>
    Reconnecting,
}

/// <summary>One of the things that happen to a job.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="JobId">The job; empty before the server has accepted it.</param>
/// <param name="Text">The same in words.</param>
public sealed record JobNotice(JobNoticeKind Kind, string JobId, string Text)
{
    /// <summary>Jobs ahead of this one; 0 when it does not wait.</summary>
    public int QueuePosition { get; init; }

    /// <summary>The seed, also when it was drawn; known once the job is accepted.</summary>
    public long? Seed { get; init; }
}
