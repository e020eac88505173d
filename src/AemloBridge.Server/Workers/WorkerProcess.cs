using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;
using AemloBridge.Server.Workers.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>A worker process and its three streams.</summary>
internal sealed class WorkerProcess : IWorker
{
    private const string NotStarted = "the program of the worker cannot be started";

    /// <summary>Events that may wait to be read; the worker waits beyond that.</summary>
    private const int WaitingEvents = 64;

    /// <summary>How long its last words may take once it is gone.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly WorkerTimes _times;
    private readonly ILogger _logger;
    private readonly StandardErrorTail _tail;
    private readonly Task _errors;
    private readonly Task _pump;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<WorkerEvent> _events = Channel.CreateBounded<WorkerEvent>(new BoundedChannelOptions(WaitingEvents) { SingleReader = true, SingleWriter = true });

    /// <summary>Starts the process.</summary>
    /// <exception cref="WorkerStartException">The system does not start it.</exception>
    public WorkerProcess(ProcessStartInfo start, string device, WorkerTimes times, ILogger logger)
    {
        _times = times;
        _logger = logger;
        try
        {
            _process = Process.Start(start) ?? throw new WorkerStartException($"{start.FileName} was not started", NotStarted);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new WorkerStartException($"{start.FileName} cannot be started: {error.Message}", NotStarted, error);
        }

        ProcessId = _process.Id;
        _tail = new StandardErrorTail(line => logger.Said(device, ProcessId, line));
        _errors = _tail.ReadAsync(_process.StandardError);
        _pump = PumpAsync();
        Exit = ExitAsync();
    }

    public WorkerReady Ready { get; set; } = new();

    public int ProcessId { get; }

    public ChannelReader<WorkerEvent> Events => _events.Reader;

    public Task<WorkerExit> Exit { get; }

    public async Task SendAsync(WorkerCommand command, CancellationToken cancellationToken)
    {
        byte[] bytes = Framing.Bytes(command);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            await input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It is gone, which its end tells better.
        }
        finally
        {
            _writing.Release();
        }
    }

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It is gone already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        CloseInput();
        if (await Task.WhenAny(Exit, Task.Delay(_times.End)).ConfigureAwait(false) != Exit)
        {
            _logger.Killed(ProcessId, _times.End.TotalSeconds);
            Kill();
        }

        // Events that nobody reads any more must not keep the pump.
        while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
            _events.Reader.TryRead(out _);
        await _pump.ConfigureAwait(false);
        await Exit.ConfigureAwait(false);
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            Stream output = _process.StandardOutput.BaseStream;
            while (await Framing.ReadAsync(output, WorkerEvent.Parser, default).ConfigureAwait(false) is { } said)
                await _events.Writer.WriteAsync(said).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ObjectDisposedException)
        {
            if (error is InvalidDataException)
                _logger.NotTheProtocol(error, ProcessId);
            Kill();
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    private async Task<WorkerExit> ExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(_errors, Task.Delay(LastWords)).ConfigureAwait(false);
        return new WorkerExit(_process.ExitCode, _tail.Text);
    }
}
