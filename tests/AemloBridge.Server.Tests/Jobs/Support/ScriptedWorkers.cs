using System.Collections.Concurrent;
using System.Threading.Channels;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Tests.Jobs.Support;

/// <summary>Workers that do what a test says, in this process.</summary>
/// <param name="answer">What a worker does with a command.</param>
internal sealed class ScriptedWorkers(Func<ScriptedWorker, WorkerCommand, Task> answer) : IWorkerStarter
{
    /// <summary>What the workers say they are.</summary>
    public Func<string, WorkerReady> Ready { get; init; } = device => new WorkerReady { Device = device == "auto" ? "cpu" : device, MemoryTotalBytes = 8UL << 30, LibtorchVersion = "2.10.0" };

    /// <summary>What the reason has more of than clients may hear.</summary>
    public const string Detail = "/opt/secret/libtorch.so";

    /// <summary>Why no worker starts, by device; null lets one start.</summary>
    public Func<string, string?> Refuse { get; set; } = _ => null;

    /// <summary>Whether a worker goes on after the end of its input, as one that is stopped does.</summary>
    public bool Stuck { get; init; }

    /// <summary>The devices that workers were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public Task<IWorker> StartAsync(string device, CancellationToken cancellationToken)
    {
        Asked.Enqueue(device);
        return Refuse(device) is { } why
            ? Task.FromException<IWorker>(new WorkerStartException($"{why}: {Detail}", why))
            : Task.FromResult<IWorker>(new ScriptedWorker(Ready(device), answer, Stuck));
    }
}

/// <summary>One of them.</summary>
internal sealed class ScriptedWorker(WorkerReady ready, Func<ScriptedWorker, WorkerCommand, Task> answer, bool stuck) : IWorker
{
    private readonly Channel<WorkerEvent> _events = Channel.CreateUnbounded<WorkerEvent>();
    private readonly TaskCompletionSource<WorkerExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkerReady Ready { get; } = ready;

    public int ProcessId => 0;

    public ChannelReader<WorkerEvent> Events => _events.Reader;

    public Task<WorkerExit> Exit => _exit.Task;

    /// <summary>Ends as a worker does that a signal ends.</summary>
    public void Die(int signal = 9, string words = "")
    {
        _exit.TrySetResult(new WorkerExit(128 + signal, words));
        _events.Writer.TryComplete();
    }

    public void Say(WorkerEvent said) => _events.Writer.TryWrite(said);

    public void Started(RunJob job, int epochs = 0) =>
        Say(new WorkerEvent { Started = new RunStarted { JobId = job.Spec.JobId, ResumedEpochs = (uint)epochs } });

    public void Progress(uint epoch) => Say(new WorkerEvent { Progress = new EpochProgress { Epoch = epoch, Epochs = 100, Device = Ready.Device } });

    /// <summary>Leaves a result and says so.</summary>
    public void Succeed(RunJob job)
    {
        new JobFolder(job.Folder).WriteReport(new JobReport { JobId = job.Spec.JobId });
        Say(new WorkerEvent { Succeeded = new RunSucceeded { JobId = job.Spec.JobId } });
    }

    public void Cancelled(string jobId) => Say(new WorkerEvent { Cancelled = new RunCancelled { JobId = jobId } });

    public Task SendAsync(WorkerCommand command, CancellationToken cancellationToken) => answer(this, command);

    public void CloseInput()
    {
        if (!stuck)
            Die(words: "");
    }

    public void Kill() => Die();

    public ValueTask DisposeAsync()
    {
        Die();
        return ValueTask.CompletedTask;
    }
}
