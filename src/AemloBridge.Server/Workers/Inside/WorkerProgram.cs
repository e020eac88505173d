using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AemloBridge.Devices;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>
/// The worker process: takes commands from standard input and does one job at a time, until standard input ends. That is
/// also what happens when the front end is killed: whatever runs then stops at its next step.
/// </summary>
internal sealed class WorkerProgram : IDisposable
{
    /// <summary>How long the last step may take once standard input has ended; then the process ends anyway.</summary>
    private static readonly TimeSpan LastStep = TimeSpan.FromSeconds(5);

    private readonly ProtocolStreams _streams = ProtocolStreams.Take();
    private readonly BlockingCollection<RunJob> _jobs = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _inputEnded = new();
    private string _runs = "";

    /// <summary>The job that was cancelled last; it may not have begun by then.</summary>
    private string _cancelled = "";
    private CancellationTokenSource? _cancel;

    /// <summary>Runs until standard input ends.</summary>
    /// <param name="device">"cpu", "cuda:1" (the only GPU that this process sees), or "auto".</param>
    /// <exception cref="DeviceException">libtorch cannot be loaded, or the device cannot be used.</exception>
    public static void Run(string device)
    {
        // A signal to the process group (Ctrl-C in a terminal, a service manager's stop) is for the front end: it decides.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        using var program = new WorkerProgram();
        program.Start();
        program.Work(device);

        static void Ignore(PosixSignalContext context) => context.Cancel = true;
    }

    public void Dispose()
    {
        _jobs.Dispose();
        _inputEnded.Dispose();
        _streams.Dispose();
    }

    private void Start() => new Thread(Listen) { IsBackground = true, Name = "aemlo-commands" }.Start();

    /// <summary>Reads commands on a thread of its own, so that a step of native code keeps none waiting.</summary>
    private void Listen()
    {
        try
        {
            while (Framing.ReadAsync(_streams.Input, WorkerCommand.Parser, default).GetAwaiter().GetResult() is { } command)
            {
                if (command.Run is { } job)
                    _jobs.Add(job);
                else if (command.Cancel is { } cancel)
                    Cancel(cancel.JobId);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            Console.Error.WriteLine($"the front end's commands cannot be read: {error.Message}");
        }

        _inputEnded.Cancel();
        _jobs.CompleteAdding();
        Thread.Sleep(LastStep);
        Process.GetCurrentProcess().Kill();
    }

    private void Cancel(string jobId)
    {
        lock (_gate)
        {
            _cancelled = jobId;
            if (_runs == jobId)
                _cancel?.Cancel();
        }
    }

    private void Work(string device)
    {
        WorkerReady ready = WorkerDevice.Open(device);
        Say(new WorkerEvent { Ready = ready });
        foreach (RunJob job in _jobs.GetConsumingEnumerable())
        {
            WorkerEvent outcome = Do(job, ready.Device);
            // The job's memory is free before the front end hears that it has ended.
            FreedMemory.Return();
            Say(outcome);
        }
    }

    private WorkerEvent Do(RunJob job, string device)
    {
        string id = job.Spec.JobId;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_inputEnded.Token);
        lock (_gate)
        {
            (_runs, _cancel) = (id, cancel);
            if (_cancelled == id)
                cancel.Cancel();
        }

        try
        {
            new JobRunner(device, Say).Run(job, cancel.Token);
            return new WorkerEvent { Succeeded = new RunSucceeded { JobId = id } };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new WorkerEvent { Cancelled = new RunCancelled { JobId = id } };
        }
        catch (Exception error) when (!_inputEnded.IsCancellationRequested)
        {
            var failure = RunFailures.Of(error, job);
            if (RunFailures.IsOfServer(failure))
                Console.Error.WriteLine($"job {id}: {error}");
            return new WorkerEvent { Failed = new RunFailed { JobId = id, Error = failure } };
        }
        finally
        {
            lock (_gate)
                (_runs, _cancel) = ("", null);
        }
    }

    /// <summary>Says something to the front end; to one that is gone, nothing: standard input ends then.</summary>
    private void Say(WorkerEvent said)
    {
        try
        {
            _streams.Say(said);
        }
        catch (IOException)
        {
            _inputEnded.Cancel();
        }
    }
}
