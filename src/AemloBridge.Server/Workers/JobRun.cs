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
    private readonly Lock _gate = new();
    private uint _epochs;
    private bool _begun;
    private bool _over;
    private bool _killed;

    /// <summary>Runs the job and settles it in the ledger, whatever happens.</summary>
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
        }
        catch (Exception error)
        {
            // Whatever it is, the job must not stay where nobody ends it.
            await GiveUpAsync(error).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> BeginAsync(CancellationToken stop)
    {
        using Activity? span = ServerTelemetry.Activities.StartActivity("aemlo.job");
        span?.SetTag("aemlo.job.id", job.Record.Id).SetTag("aemlo.job.kind", job.Record.Kind.ToString()).SetTag("aemlo.device", device);
        await ledger.BeginAsync(job, device).ConfigureAwait(false);
        span?.SetTag("aemlo.job.attempt", job.Record.Attempts);
        if (inputs.Find(job.Record, out JobError? missing) is not { } paths)
        {
            await ledger.FailAsync(job, missing!).ConfigureAwait(false);
            return true;
        }

        bool usable = await RunAsync(Command(paths.Dataset, paths.Model), stop).ConfigureAwait(false);
        span?.SetTag("aemlo.job.state", job.Record.State.ToString());
        if (job.Record.Error is { } error)
            span?.SetStatus(ActivityStatusCode.Error, ((StatusCode)error.Code).ToString());
        return usable;
    }

    private async Task<bool> RunAsync(RunJob command, CancellationToken stop)
    {
        WorkerEvent? last;
        using (var over = new CancellationTokenSource())
        {
            // Read once: an action that was taken just before the end may still come after it.
            CancellationToken ended = over.Token;
            long began = time.GetTimestamp();
            using JobTimeLimit? limit = StartTimeLimit();
            try
            {
                await worker.SendAsync(new WorkerCommand { Run = command }, CancellationToken.None).ConfigureAwait(false);
                job.OnCancel(() => _ = CancelAsync(ended));
                using CancellationTokenRegistration stopping = stop.Register(() => _ = StopAsync(ended));
                last = await LastEventAsync().ConfigureAwait(false);
            }
            finally
            {
                // Before the job is settled: from then on another device may have it.
                job.OnCancel(null);
                job.TimeRun += time.GetElapsedTime(began);
                lock (_gate)
                    _over = true;
                await over.CancelAsync().ConfigureAwait(false);
            }
        }

        if (last is not null)
        {
            bool usable = await SettleAsync(last).ConfigureAwait(false);
            return usable && !_killed;
        }

        if (stop.IsCancellationRequested && job.CancelError is null && !ledger.Folder(job).IsComplete)
        {
            await ledger.LeaveForLaterAsync(job).ConfigureAwait(false);
            return false;
        }

        WorkerExit exit = await worker.Exit.ConfigureAwait(false);
        await ledger.LoseAsync(job, exit.Cause).ConfigureAwait(false);
        return false;
    }

    /// <summary>Takes note of events up to the job's last; null when the worker went before it.</summary>
    private async Task<WorkerEvent?> LastEventAsync()
    {
        while (await worker.Events.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (worker.Events.TryRead(out WorkerEvent? said))
            {
                if (await EndsAsync(said).ConfigureAwait(false))
                    return said;
            }
        }

        return null;
    }

    /// <summary>Takes note of an event; true when it is the job's last.</summary>
    private async Task<bool> EndsAsync(WorkerEvent said)
    {
        switch (said.EventCase)
        {
            case WorkerEvent.EventOneofCase.Started:
                await ledger.StartedAsync(job, (int)said.Started.ResumedEpochs, repeated: _begun).ConfigureAwait(false);
                _begun = true;
                _epochs = said.Started.ResumedEpochs;
                return false;
            case WorkerEvent.EventOneofCase.Progress:
                JobMetrics.Progressed(said.Progress, _epochs);
                _epochs = said.Progress.Epoch;
                job.Feed.Report(said.Progress);
                return false;
            case WorkerEvent.EventOneofCase.Succeeded:
            case WorkerEvent.EventOneofCase.Failed:
            case WorkerEvent.EventOneofCase.Cancelled when job.CancelError is not null:
                return true;
            default:
                // A checkpoint is found in the job's folder; a cancellation without a reason is the end of the input.
                return false;
        }
    }

    /// <summary>Ends the job as its worker said; false when the worker is not to have another.</summary>
    private async Task<bool> SettleAsync(WorkerEvent last)
    {
        Task settled = last.EventCase switch
        {
            WorkerEvent.EventOneofCase.Succeeded => ledger.SucceedAsync(job),
            WorkerEvent.EventOneofCase.Failed => ledger.FailAsync(job, last.Failed.Error),
            _ => ledger.CancelledAsync(job),
        };
        await settled.ConfigureAwait(false);
        return true;
    }

    /// <summary>After an error of the server itself: the worker goes, so that it leaves the job's folder alone, and the job ends.</summary>
    private async Task GiveUpAsync(Exception error)
    {
        worker.Kill();
        await Task.WhenAny(worker.Exit, Task.Delay(times.End, time)).ConfigureAwait(false);
        try
        {
            await ledger.GiveUpAsync(job, error).ConfigureAwait(false);
        }
        catch (RecordNotWrittenException notWritten)
        {
            logger.NotSettled(notWritten, job.Record.Id);
        }
    }

    private async Task CancelAsync(CancellationToken ended)
    {
        // Not waited for: one that hangs does not read.
        _ = worker.SendAsync(new WorkerCommand { Cancel = new CancelRun { JobId = job.Record.Id } }, ended);
        await KillAfterAsync(times.Cancel, ended).ConfigureAwait(false);
    }

    private async Task StopAsync(CancellationToken ended)
    {
        worker.CloseInput();
        await KillAfterAsync(times.End, ended).ConfigureAwait(false);
    }

    /// <summary>Kills the worker unless the run is over by then.</summary>
    private async Task KillAfterAsync(TimeSpan patience, CancellationToken ended)
    {
        await Task.Delay(patience, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // The next job's worker is the same process.
            if (_over)
                return;
            _killed = true;
            logger.Unresponsive(device, job.Record.Id, patience.TotalSeconds);
            worker.Kill();
        }
    }

    private JobTimeLimit? StartTimeLimit()
    {
        TimeSpan most = options.Limits.MaxJobTime;
        TimeSpan limit = job.Record.TimeLimit is { } own && (most <= TimeSpan.Zero || own < most) ? own : most;
        return limit <= TimeSpan.Zero ? null : new JobTimeLimit(limit - job.TimeRun, time, () => job.RequestCancel(JobErrors.TimeLimit(limit)));
    }

    private RunJob Command(string datasetPath, string modelPath)
    {
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
            DatasetPath = datasetPath,
            ModelPath = modelPath,
            Attempt = (uint)job.Record.Attempts,
            CheckpointEpochs = (uint)Math.Max(1, options.CheckpointEpochs),
            CheckpointInterval = Duration.FromTimeSpan(options.CheckpointInterval),
        };
    }
}
