using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>What the host logs: events 5000 to 5999.</summary>
internal static partial class HostLog
{
    [LoggerMessage(5000, LogLevel.Information, "AEMLO Bridge {Version} listens on {Address}; TLS {Tls}, tokens {Tokens}")]
    public static partial void Listening(this ILogger logger, string version, string address, string tls, string tokens);

    [LoggerMessage(5001, LogLevel.Warning, "{Warning}")]
    public static partial void SettingWarning(this ILogger logger, string warning);

    [LoggerMessage(5002, LogLevel.Information, "Health is {Status} now")]
    public static partial void HealthChanged(this ILogger logger, string status);

    [LoggerMessage(5010, LogLevel.Information, "Stopping, because {Cause}: health fails from now on")]
    public static partial void Stopping(this ILogger logger, string cause);

    [LoggerMessage(5011, LogLevel.Information, "New work is refused; running jobs have {Time} to end")]
    public static partial void Draining(this ILogger logger, TimeSpan time);

    [LoggerMessage(5012, LogLevel.Information, "All running jobs have ended")]
    public static partial void Drained(this ILogger logger);

    [LoggerMessage(5013, LogLevel.Warning, "The time to end jobs is over; those left go on with the next start")]
    public static partial void DrainTimeOver(this ILogger logger);

    [LoggerMessage(5014, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(5015, LogLevel.Error, "Jobs could not be drained")]
    public static partial void DrainFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5020, LogLevel.Information, "Read the {What} again")]
    public static partial void Reloaded(this ILogger logger, string what);

    [LoggerMessage(5021, LogLevel.Error, "The new {What} cannot be used, so the old stay: {Why}")]
    public static partial void ReloadFailed(this ILogger logger, string what, string why);

    [LoggerMessage(5022, LogLevel.Information, "Asked to read files again: none has changed")]
    public static partial void NothingToReload(this ILogger logger);

    [LoggerMessage(5030, LogLevel.Information, "Refused a call from {Peer}: {What}")]
    public static partial void Unauthenticated(this ILogger logger, string peer, string what);

    [LoggerMessage(5040, LogLevel.Information, "Metrics and traces go to {Endpoint}")]
    public static partial void Exporting(this ILogger logger, string endpoint);
}
