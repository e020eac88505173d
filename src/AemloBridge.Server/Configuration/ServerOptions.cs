namespace AemloBridge.Server.Configuration;

/// <summary>Everything that can be set for a server.</summary>
internal sealed record ServerOptions
{
    /// <summary>Addresses: <c>host:port</c> (port 0 takes a free one) or <c>unix:PATH</c>.</summary>
    public IReadOnlyList<string> Listen { get; init; } = ["127.0.0.1:50051"];

    /// <summary>Where data sets, models and jobs are kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether a non-loopback address may go without TLS or tokens.</summary>
    public bool Insecure { get; init; }

    public string? CertificatePath { get; init; }

    public string? KeyPath { get; init; }

    /// <summary>Authorities of client certificates; null asks for none.</summary>
    public string? ClientAuthorityPath { get; init; }

    public string? TokenPath { get; init; }

    /// <summary>Whether the end of standard input ends the server.</summary>
    public bool StopWithParent { get; init; }

    /// <summary>How long running jobs may go on once the server was asked to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between failing health and refusing calls, in which balancers turn to another server.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Devices to run a worker on: <c>auto</c> (every GPU, or the CPU where there is none), or names.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["auto"];

    /// <summary>Epochs between two checkpoints, at least.</summary>
    public int CheckpointEpochs { get; init; } = 1;

    /// <summary>Time between two checkpoints, at least.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long accepted jobs wait while no worker starts; then they fail.</summary>
    public TimeSpan WorkerPatience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The <c>aemlo</c> that workers are started from; null for the one that runs here.</summary>
    public string? WorkerExecutable { get; init; }

    public Limits Limits { get; init; } = new();

    /// <summary>Connections at a time.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Calls at a time over one connection.</summary>
    public int MaxStreams { get; init; } = 256;

    /// <summary>OTLP endpoint for metrics and traces; null exports none.</summary>
    public string? OtlpEndpoint { get; init; }

    public OtlpProtocol OtlpProtocol { get; init; }

    public LogThreshold LogLevel { get; init; } = LogThreshold.Info;

    public LogForm LogFormat { get; init; }
}

/// <summary>How metrics and traces travel to the collector.</summary>
internal enum OtlpProtocol
{
    /// <summary>OTLP over gRPC.</summary>
    Grpc,

    /// <summary>OTLP over HTTP with Protocol Buffers.</summary>
    Http,
}

/// <summary>The least important events that are logged.</summary>
internal enum LogThreshold
{
    Trace,
    Debug,
    Info,
    Warning,
    Error,
}

/// <summary>The form of the log.</summary>
internal enum LogForm
{
    /// <summary>One line an event, for people.</summary>
    Text,

    /// <summary>One JSON object an event, on a line of its own.</summary>
    Json,
}

/// <summary>What the server takes; 0 means no limit.</summary>
internal sealed record Limits
{
    public int MaxChunkBytes { get; init; } = 4 << 20;

    public long MaxDatasetBytes { get; init; } = 8L << 30;

    public int MaxRows { get; init; } = 10_000_000;

    public int MaxFeatures { get; init; } = 1_000_000;

    public int MaxLabels { get; init; } = 100_000;

    public long MaxModelBytes { get; init; } = 4L << 30;

    public int MaxQueuedJobs { get; init; } = 256;

    public int MaxQueuedJobsPerTenant { get; init; } = 128;

    /// <summary>Bytes one job may be estimated to need; 0 takes 80 % of the device's memory.</summary>
    public long MaxJobMemoryBytes { get; init; }

    public long TenantQuotaBytes { get; init; } = 32L << 30;

    public TimeSpan MaxJobTime { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan MaxUploadPause { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MaxUploadTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long what is not used stays.</summary>
    public TimeSpan KeepDatasets { get; init; } = TimeSpan.FromDays(7);

    public TimeSpan KeepModels { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a job's result stays after its end.</summary>
    public TimeSpan KeepJobs { get; init; } = TimeSpan.FromDays(7);
}
