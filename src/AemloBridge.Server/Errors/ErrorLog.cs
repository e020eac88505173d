using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Errors;

/// <summary>What the log says of calls that did not succeed.</summary>
internal static partial class ErrorLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Method} refused: {Code} {Reason}")]
    public static partial void CallRefused(this ILogger logger, string method, StatusCode code, string reason);

    [LoggerMessage(4002, LogLevel.Error, "{Method} failed, incident {Incident}")]
    public static partial void CallFailed(this ILogger logger, Exception exception, string method, string incident);

    [LoggerMessage(4003, LogLevel.Information, "{Method} ended by its client: {Code}")]
    public static partial void CallEnded(this ILogger logger, string method, StatusCode code);

    [LoggerMessage(4004, LogLevel.Information, "{Path} refused before it was read: {Code} {Reason}")]
    public static partial void RequestUnreadable(this ILogger logger, string path, StatusCode code, string reason);
}
