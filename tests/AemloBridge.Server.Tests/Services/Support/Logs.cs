using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>What was logged.</summary>
internal sealed record Logged(LogLevel Level, EventId Id, string Message, Exception? Exception);

/// <summary>Keeps what a server logs.</summary>
internal sealed class Logs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Logged> _entries = new();

    public IReadOnlyCollection<Logged> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _entries.Enqueue(new Logged(logLevel, eventId, formatter(state, exception), exception));
    }

    public void Dispose()
    {
    }
}
