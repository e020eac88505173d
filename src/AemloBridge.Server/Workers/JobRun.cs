using System.Diagnostics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Telemetry;
using AemloBridge.Server.Workers.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>One attempt at a job on a worker that is up: from the command to what became of it.</summary>
internal sealed class JobRun(ActiveJob job, IWorker worker, string device, JobLedger ledger, JobInputs inputs, ServerOptions options, WorkerTimes times, TimeProvider time, ILogger logger)
{
    private uint _epochs;
    private bool _begun;

    /// <summary>Runs the job and settles it in the ledger.</summary>
    /// <param name="stop">The server stops: the job is left to its next start.</param>
    /// <returns>Whether the worker can take another job.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        try
        {
            return await BeginAsync(stop).ConfigureAwait(false);
        }
        catch (RecordNotWrittenException error)
        {
            logger.NotSettled(error, job.Record.Id);
            return false;
        }
        catch (Exception error)
        {
            // Whatever it is, the job must not stay where nobody ends it.
            ledger.GiveUp(job, error);
            return false;
        }
    }

    private async Task<bool> BeginAsync(CancellationToken stop)
    {
        using Activity? span = ServerTelemetry.Activities.StartActivity("aemlo.job");
        span?.SetTag("aemlo.job.id", job.Record.Id).SetTag("aemlo.job.kind", job.Record.Kind.ToString()).SetTag("aemlo.device", device);
        ledger.Begin(job, device);
        span?.SetTag("aemlo.job.attempt", job.Record.Attempts);
        if (Command() is not { } command)
            return true;
        long began = time.GetTimestamp();
        using ITimer? limit = StartTimeLimit();
        bool usable = await RunAsync(command, stop).ConfigureAwait(false);
        job.TimeRun += time.GetElapsedTime(began);
        span?.SetTag("aemlo.job.state", job.Record.State.ToString());
        if (job.Record.Error is { } error)
            span?.SetStatus(ActivityStatusCode.Error, ((StatusCode)error.Code).ToString());
        return usable;
    }

    private async Task<bool> RunAsync(RunJob command, CancellationToken stop)
    {
        using var over = new CancellationTokenSource();
        await worker.SendAsync(new WorkerCommand { Run = command }, CancellationToken.None).ConfigureAwait(false);
        job.OnCancel(() => _ = CancelAsync(over.Token));
        using CancellationTokenRegistration stopping = stop.Register(worker.CloseInput);
        try
        {
            while (await worker.Events.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (worker.Events.TryRead(out WorkerEvent? said))
                {
                    if (Ends(said))
                        return true;
                }
            }
        }
        finally
        {
            job.OnCancel(null);
            await over.CancelAsync().ConfigureAwait(false);
        }

        if (stop.IsCancellationRequested && job.CancelError is null && !ledger.Folder(job).IsComplete)
        {
            ledger.LeaveForLater(job);
            return false;
        }

        WorkerExit exit = await worker.Exit.ConfigureAwait(false);
        ledger.Lose(job, exit.Cause);
        return false;
    }

    /// <summary>Takes note of an event; true when it is the job's last.</summary>
    private bool Ends(WorkerEvent said)
    {
        switch (said.EventCase)
        {
            case WorkerEvent.EventOneofCase.Started:
                ledger.Started(job, (int)said.Started.ResumedEpochs, repeated: _begun);
                _begun = true;
                _epochs = said.Started.ResumedEpochs;
                return false;
            case WorkerEvent.EventOneofCase.Progress:
                JobMetrics.Progressed(said.Progress, _epochs);
                _epochs = said.Progress.Epoch;
                job.Feed.Report(said.Progress);
                return false;
            case WorkerEvent.EventOneofCase.Succeeded:
                ledger.Succeed(job);
                return true;
            case WorkerEvent.EventOneofCase.Failed:
                ledger.Fail(job, said.Failed.Error);
                return true;
            case WorkerEvent.EventOneofCase.Cancelled when job.CancelError is not null:
                ledger.Cancelled(job);
                return true;
            default:
                // A checkpoint is found in the job's folder; a cancellation without a reason is the end of the input.
                return false;
        }
    }

    private async Task CancelAsync(CancellationToken over)
    {
        try
        {
            await worker.SendAsync(new WorkerCommand { Cancel = new CancelRun { JobId = job.Record.Id } }, over).ConfigureAwait(false);
            await Task.Delay(times.Cancel, time, over).ConfigureAwait(false);
            logger.Unresponsive(device, job.Record.Id, times.Cancel.TotalSeconds);
            worker.Kill();
        }
        catch (OperationCanceledException)
        {
            // It has ended in time.
        }
    }

    private ITimer? StartTimeLimit()
    {
        TimeSpan most = options.Limits.MaxJobTime;
        TimeSpan limit = job.Record.TimeLimit is { } own && (most <= TimeSpan.Zero || own < most) ? own : most;
        if (limit <= TimeSpan.Zero)
            return null;
        TimeSpan left = limit - job.TimeRun;
        // Longer than any timer takes, and than any worker lives.
        if (left.TotalMilliseconds >= uint.MaxValue)
            return null;
        return time.CreateTimer(
            _ => job.RequestCancel(JobErrors.TimeLimit(limit)),
            null,
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The command, or null when what the job works on is gone; it has failed then.</summary>
    private RunJob? Command()
    {
        if (inputs.Find(job.Record, out JobError? missing) is not { } paths)
        {
            ledger.Fail(job, missing!);
            return null;
        }

        var spec = new JobSpec
        {
            JobId = job.Record.Id,
            Kind = job.Record.Kind,
            Method = job.Record.Method,
            ModelId = JobResults.ModelId(job.Record),
        };
        foreach ((string name, string value) in job.Record.Options)
            spec.Options.Add(name, value);
        return new RunJob
        {
            Spec = spec,
            Folder = ledger.Folder(job).Path,
            DatasetPath = paths.Dataset,
            ModelPath = paths.Model,
            Attempt = (uint)job.Record.Attempts,
            CheckpointEpochs = (uint)Math.Max(1, options.CheckpointEpochs),
            CheckpointInterval = Duration.FromTimeSpan(options.CheckpointInterval),
        };
    }
}
