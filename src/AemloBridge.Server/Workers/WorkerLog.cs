using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>Events 3000 to 3999. No data values, no label names.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(3001, LogLevel.Information, "Worker on {Device} is up (process {Process}): {Description}, libtorch {Libtorch}")]
    public static partial void Up(this ILogger logger, string device, int process, string description, string libtorch);

    [LoggerMessage(3002, LogLevel.Error, "No worker starts on {Device} (try {Try}, the next one in {Seconds} s): {Why}")]
    public static partial void NotUp(this ILogger logger, string device, int @try, double seconds, string why);

    [LoggerMessage(3003, LogLevel.Warning, "Worker on {Device} (process {Process}) {How}; a new one is started")]
    public static partial void Died(this ILogger logger, string device, int process, string how);

    [LoggerMessage(3004, LogLevel.Warning, "Worker process {Process} did not end within {Seconds} s and is killed")]
    public static partial void Killed(this ILogger logger, int process, double seconds);

    [LoggerMessage(3005, LogLevel.Warning, "Worker on {Device} (process {Process}) says: {Line}")]
    public static partial void Said(this ILogger logger, string device, int process, string line);

    [LoggerMessage(3006, LogLevel.Error, "Worker process {Process} wrote something else than the protocol to its standard output and is killed")]
    public static partial void NotTheProtocol(this ILogger logger, Exception exception, int process);

    [LoggerMessage(3007, LogLevel.Warning, "Worker on {Device} did not end job {Job} within {Seconds} s and is killed")]
    public static partial void Unresponsive(this ILogger logger, string device, string job, double seconds);

    [LoggerMessage(3008, LogLevel.Critical, "The loop of {Device} failed; it goes on with a new worker")]
    public static partial void LoopFailed(this ILogger logger, Exception exception, string device);

    [LoggerMessage(3020, LogLevel.Error, "Job {Job} cannot begin anew on another kind of device, for its checkpoint cannot be removed")]
    public static partial void NotBegunAnew(this ILogger logger, Exception exception, string job);

    [LoggerMessage(3021, LogLevel.Warning, "Worker on {Device} (process {Process}) gets no further job, for job {Job} failed by an error of the server")]
    public static partial void NotTrusted(this ILogger logger, string device, int process, string job);

    [LoggerMessage(3022, LogLevel.Information, "Worker on {Device} (process {Process}) has nothing to do and is replaced by one that holds no memory of the GPU")]
    public static partial void Retired(this ILogger logger, string device, int process);

    [LoggerMessage(3009, LogLevel.Information, "Devices: {Devices}")]
    public static partial void Found(this ILogger logger, string devices);

    [LoggerMessage(3010, LogLevel.Error, "How job {Job} stands could not be written before the server stopped; its next start sees")]
    public static partial void NotSettled(this ILogger logger, Exception exception, string job);

    [LoggerMessage(3011, LogLevel.Error, "Workers did not end within {Seconds} s; the server stops without them")]
    public static partial void NotEnded(this ILogger logger, double seconds);
}
