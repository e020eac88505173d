namespace AemloBridge.Server.Errors;

/// <summary>The values of <c>google.rpc.ErrorInfo.reason</c>; clients may rely on them.</summary>
internal static class Reasons
{
    public const string Domain = "aemlo";

    public const string InvalidArgument = "INVALID_ARGUMENT";
    public const string NotFound = "NOT_FOUND";
    public const string InUse = "IN_USE";
    public const string RequestIdReused = "REQUEST_ID_REUSED";
    public const string DigestMismatch = "DIGEST_MISMATCH";
    public const string ProtocolVersion = "PROTOCOL_VERSION";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string QueueFull = "QUEUE_FULL";
    public const string JobTooBig = "JOB_TOO_BIG";
    public const string TooLarge = "TOO_LARGE";
    public const string QuotaExceeded = "QUOTA_EXCEEDED";
    public const string DiskFull = "DISK_FULL";
    public const string UploadTooSlow = "UPLOAD_TOO_SLOW";
    public const string Stopping = "STOPPING";
    public const string JobFailed = "JOB_FAILED";
    public const string JobCancelled = "JOB_CANCELLED";
    public const string WorkerLost = "WORKER_LOST";
    public const string ResultExpired = "RESULT_EXPIRED";
    public const string Unreadable = "UNREADABLE_REQUEST";
    public const string Cancelled = "CANCELLED";
    public const string DeadlineExceeded = "DEADLINE_EXCEEDED";
    public const string Internal = "INTERNAL";
}
