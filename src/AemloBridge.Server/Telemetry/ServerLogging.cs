using AemloBridge.Server.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AemloBridge.Server.Telemetry;

/// <summary>Where log events go, and which.</summary>
internal static class ServerLogging
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>Sets up the log: standard error, or <paramref name="other"/>.</summary>
    public static void Configure(ILoggingBuilder logging, ServerOptions options, ILoggerProvider? other)
    {
        LogLevel level = Level(options.LogLevel);
        logging.SetMinimumLevel(level);
        // What the frameworks say below that concerns who debugs them, and is not held to saying nothing of a request.
        LogLevel frameworks = level > LogLevel.Warning ? level : LogLevel.Warning;
        logging.AddFilter("Microsoft", frameworks).AddFilter("System", frameworks).AddFilter("Grpc", frameworks);
        if (other is not null)
        {
            logging.AddProvider(other);
            return;
        }

        if (options.LogFormat == LogForm.Json)
            logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = (Timestamp.TrimEnd(), true));
        else
            logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat, text.UseUtcTimestamp, text.ColorBehavior) = (true, Timestamp, true, LoggerColorBehavior.Disabled));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static LogLevel Level(LogThreshold threshold) => threshold switch
    {
        LogThreshold.Trace => LogLevel.Trace,
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
