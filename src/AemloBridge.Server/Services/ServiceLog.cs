using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Services;

/// <summary>What the log says of calls that did something.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(4010, LogLevel.Information, "{Tenant} stored data set {Digest}: {Rows} rows, {Bytes} bytes, existed: {Existed}")]
    public static partial void DatasetReceived(this ILogger logger, string tenant, string digest, long rows, long bytes, bool existed);

    [LoggerMessage(4011, LogLevel.Information, "{Tenant} stored model {Id}: {Bytes} bytes, existed: {Existed}")]
    public static partial void ModelReceived(this ILogger logger, string tenant, string id, long bytes, bool existed);

    [LoggerMessage(4020, LogLevel.Information, "{Tenant} joined job {JobId}, asked for before")]
    public static partial void JobJoined(this ILogger logger, string tenant, string jobId);

    [LoggerMessage(4021, LogLevel.Information, "{Tenant}'s call for job {JobId} ended before the job, code {Code}: the job is cancelled")]
    public static partial void JobAbandoned(this ILogger logger, string tenant, string jobId, int code);
}
