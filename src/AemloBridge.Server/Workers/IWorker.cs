using System.Threading.Channels;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Workers;

/// <summary>A worker process that is up.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <summary>What it said when it was up.</summary>
    WorkerReady Ready { get; }

    int ProcessId { get; }

    /// <summary>What it says; completes when it is gone.</summary>
    ChannelReader<WorkerEvent> Events { get; }

    /// <summary>How it ended; completes when it is gone.</summary>
    Task<WorkerExit> Exit { get; }

    /// <summary>Sends a command. One to a worker that is gone is lost without an error: <see cref="Exit"/> tells.</summary>
    Task SendAsync(WorkerCommand command, CancellationToken cancellationToken);

    /// <summary>Asks it to end: a job stops at its next step.</summary>
    void CloseInput();

    /// <summary>Ends it at once.</summary>
    void Kill();
}

/// <summary>Starts workers.</summary>
internal interface IWorkerStarter
{
    /// <summary>Starts a worker and waits until it is up.</summary>
    /// <param name="device">"cpu", "cuda:0", or "auto" to have the worker choose.</param>
    /// <param name="cancellationToken">Ends the wait and the worker.</param>
    /// <exception cref="WorkerStartException">It did not come up.</exception>
    Task<IWorker> StartAsync(string device, CancellationToken cancellationToken);
}

/// <summary>A worker that did not come up; the message says why, for the log.</summary>
/// <param name="message">Why, with paths and the worker's own words.</param>
/// <param name="cause">Why, as clients may hear it.</param>
/// <param name="inner">What was thrown.</param>
internal sealed class WorkerStartException(string message, string cause, Exception? inner = null) : Exception(message, inner)
{
    public WorkerStartException(string message) : this(message, message)
    {
    }

    public string Cause { get; } = cause;
}

/// <summary>How a worker ended.</summary>
/// <param name="Code">The exit code, as .NET gives it: 128 and the signal's number when a signal ended it.</param>
/// <param name="Tail">The end of what it wrote to its standard error.</param>
internal sealed record WorkerExit(int Code, string Tail)
{
    private const int SignalBase = 128;
    private const int LargestSignal = 64;

    /// <summary>The end in words, to follow "it". For the log alone: its last words may be a stack trace, or of somebody else's job.</summary>
    public string How => Tail.Length == 0 ? Cause : $"{Cause}; its last words: {Tail}";

    /// <summary>The end without its last words, as clients may hear it.</summary>
    public string Cause => OperatingSystem.IsWindows() || Code is <= SignalBase or > SignalBase + LargestSignal
        ? FormattableString.Invariant($"ended with exit code {Code}")
        : (Code - SignalBase) switch
        {
            4 => "was ended by signal 4 (SIGILL: this processor lacks an instruction)",
            6 => "was ended by signal 6 (SIGABRT: native code gave up)",
            7 => "was ended by signal 7 (SIGBUS: memory or a file it had mapped was lost)",
            9 => "was ended by signal 9 (SIGKILL: by hand, or by the system when memory ran out)",
            11 => "was ended by signal 11 (SIGSEGV: native code failed)",
            int signal => FormattableString.Invariant($"was ended by signal {signal}"),
        };
}
