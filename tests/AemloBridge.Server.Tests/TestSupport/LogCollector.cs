using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>One event of the log.</summary>
internal sealed record LoggedEvent(string Category, LogLevel Level, EventId Id, string Message, Exception? Exception);

/// <summary>Keeps the log of an in-process server.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedEvent> _events = [];

    public IReadOnlyList<LoggedEvent> Events => [.. _events];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCollector owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._events.Enqueue(new LoggedEvent(category, logLevel, eventId, formatter(state, exception), exception));
    }
}
