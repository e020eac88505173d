namespace AemloBridge.Client;

/// <summary>How a job is started and waited for.</summary>
public sealed record JobSettings
{
    /// <summary>A name for the request, unique within the tenant, up to 128 characters: a repeat joins the running job or gets its result. Null makes one up.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait for the result, waiting for a full server and queueing included; null waits as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long the job may run once it has a device; null for the server's own limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Told what happens beside epochs, on the thread that reads from the server.</summary>
    public IProgress<JobNotice>? Notices { get; init; }

    /// <summary>
    /// Whether cancelling the call, or its time running out, leaves the job on the server, for
    /// <see cref="JobClient.WatchAsync"/>; otherwise it is cancelled there.
    /// </summary>
    public bool KeepRunning { get; init; }
}
