using System.Collections.Concurrent;
using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Storage;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Jobs;

/// <summary>
/// The jobs that have not ended, and every step they take: each is on the disk before anyone hears of it. A job is
/// moved by one at a time: by whoever took it out of the queue, until it is back there or has ended.
/// </summary>
internal sealed class JobLedger(IJobStore store, RecordWriter records, IJobQueue queue, JobResults results, TimeProvider time, ILogger<JobLedger> logger)
{
    /// <summary>Attempts that may be lost without a new checkpoint before the job fails.</summary>
    public const int MostLost = 2;

    private readonly ConcurrentDictionary<(string Tenant, string Id), ActiveJob> _active = new();

    /// <summary>Told when a job waits that did not before.</summary>
    public event Action? Waiting;

    public JobDurations Durations { get; } = new();

    public ICollection<ActiveJob> Active => _active.Values;

    public ActiveJob? Find(string tenant, string id) => _active.GetValueOrDefault((tenant, id));

    public JobFolder Folder(ActiveJob job) => new(store.Folder(job.Record));

    /// <summary>Takes up a job whose record is in the store.</summary>
    public ActiveJob Accept(JobRecord record, MemoryEstimate memory)
    {
        var job = new ActiveJob(record) { Memory = memory };
        _active[(record.Tenant, record.Id)] = job;
        Enqueue(job, first: false);
        return job;
    }

    /// <summary>Takes up what an earlier run of the server left unfinished.</summary>
    public void Recover()
    {
        // Those that ran go first, in the order they were accepted.
        foreach (JobRecord record in store.Unfinished().OrderBy(record => record.State == JobState.Running ? 0 : 1).ThenBy(record => record.Created))
        {
            var job = new ActiveJob(record);
            _active[(record.Tenant, record.Id)] = job;
            try
            {
                Recover(job);
            }
            catch (Exception error)
            {
                // One job that cannot be taken up must not keep the server from starting.
                logger.NotTakenUp(error, record.Id);
                End(job, record with { State = JobState.Failed, Error = JobErrors.Of(StatusCode.Internal, "the job could not be taken up again after a restart of the server; the server's log says why") });
            }
        }
    }

    /// <summary>A device takes a job that it has taken out of the queue.</summary>
    public void Begin(ActiveJob job, string device)
    {
        DateTimeOffset now = time.GetUtcNow();
        JobMetrics.LeftQueue();
        JobMetrics.Started(now - job.Queued);
        JobFolder folder = Folder(job);
        folder.DeleteUnfinished();
        records.Write(job, job.Record with
        {
            State = JobState.Running,
            Started = job.Record.Started ?? now,
            Attempts = job.Record.Attempts + 1,
            AttemptEpochs = folder.SavedEpochs,
            Device = device,
        });
        Renumber();
    }

    /// <summary>The worker says that it has begun, and from where.</summary>
    public void Started(ActiveJob job, int resumedEpochs, bool repeated)
    {
        if (resumedEpochs != job.Record.AttemptEpochs)
            records.Write(job, job.Record with { AttemptEpochs = resumedEpochs });
        JobRecord record = job.Record;
        if (repeated)
            return;
        logger.Started(record.Id, record.Device, record.Attempts, resumedEpochs);
        job.Feed.Started(new JobStarted { Attempt = (uint)record.Attempts, Device = record.Device, ResumedEpochs = (uint)resumedEpochs });
    }

    /// <summary>The worker has written the result.</summary>
    public void Succeed(ActiveJob job)
    {
        JobMetrics.Stopped();
        Complete(job);
    }

    /// <summary>The worker has given the job up.</summary>
    public void Fail(ActiveJob job, JobError error)
    {
        JobMetrics.Stopped();
        End(job, job.Record with { State = JobState.Failed, Error = error });
    }

    /// <summary>Ends a job that this server cannot go on with, for an error of its own.</summary>
    public void GiveUp(ActiveJob job, Exception error)
    {
        logger.GivenUp(error, job.Record.Id);
        if (!job.Record.HasEnded)
            Fail(job, JobErrors.Of(StatusCode.Internal, $"the job failed by an error of the server ({error.GetType().Name}); its log says more"));
    }

    /// <summary>The job was asked to end, and has.</summary>
    public void Cancelled(ActiveJob job)
    {
        JobMetrics.Stopped();
        End(job, job.Record with { State = JobState.Cancelled, Error = job.CancelError });
    }

    /// <summary>A job that waited ends.</summary>
    /// <returns>False when it does not wait any more.</returns>
    public bool TryEndQueued(ActiveJob job, JobState state, JobError error)
    {
        if (!queue.Remove(job))
            return false;
        JobMetrics.LeftQueue();
        End(job, job.Record with { State = state, Error = error });
        Renumber();
        return true;
    }

    /// <summary>The worker is gone before the job was done: it is queued again, completed, or failed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="how">How the worker ended, as in "it was ended by signal 9".</param>
    public void Lose(ActiveJob job, string how)
    {
        JobMetrics.Stopped();
        JobMetrics.Lost();
        if (Folder(job).IsComplete)
            Complete(job);
        else if (job.CancelError is { } error)
            End(job, job.Record with { State = JobState.Cancelled, Error = error });
        else
            TryAgain(job, how);
    }

    /// <summary>The server stops: the job goes on when it is started again.</summary>
    public void LeaveForLater(ActiveJob job)
    {
        JobMetrics.Stopped();
        records.Write(job, job.Record with { State = JobState.Queued });
        logger.LeftForLater(job.Record.Id, Folder(job).SavedEpochs);
    }

    /// <summary>Ends a waiting job that was asked to end while nobody could.</summary>
    public void EndIfAsked(ActiveJob job)
    {
        if (job.CancelError is { } error)
            TryEndQueued(job, JobState.Cancelled, error);
    }

    /// <summary>Has a job that began on a kind of device which is no longer there begin anew.</summary>
    public void BeginAnew(ActiveJob job)
    {
        File.Delete(Folder(job).Checkpoint);
        job.BegunOn = null;
    }

    /// <summary>Tells every waiting job how many are ahead of it.</summary>
    public void Renumber()
    {
        IReadOnlyList<ActiveJob> order = queue.InOrder();
        for (int position = 0; position < order.Count; position++)
            order[position].Feed.Moved(position);
    }

    private void Recover(ActiveJob job)
    {
        JobRecord record = job.Record;
        if (Folder(job).IsComplete)
        {
            logger.Found(record.Id, "its result is there");
            Complete(job);
        }
        else if (record.State == JobState.Running)
        {
            logger.Found(record.Id, "it ran");
            TryAgain(job, "ended with the server");
        }
        else
        {
            logger.Found(record.Id, "it waited");
            Enqueue(job, first: false);
        }
    }

    private void TryAgain(ActiveJob job, string how)
    {
        JobRecord record = job.Record;
        int saved = Folder(job).SavedEpochs;
        int lost = record.LostAttempts + (saved > record.AttemptEpochs ? 0 : 1);
        if (lost >= MostLost)
        {
            End(job, record with { State = JobState.Failed, LostAttempts = lost, Error = JobErrors.WorkerLost(record.Device, how) });
            return;
        }

        records.Write(job, record with { State = JobState.Queued, LostAttempts = lost });
        logger.Lost(record.Id, record.Device, saved, lost);
        Enqueue(job, first: true);
    }

    private void Complete(ActiveJob job) => End(job, Completed(job));

    private JobRecord Completed(ActiveJob job)
    {
        try
        {
            return results.Take(job.Record, Folder(job)) with { State = JobState.Succeeded, Error = null };
        }
        catch (RequestException refusal)
        {
            return job.Record with { State = JobState.Failed, Error = JobErrors.Of(refusal) };
        }
        catch (Exception error)
        {
            logger.ResultNotKept(error, job.Record.Id);
            return job.Record with { State = JobState.Failed, Error = JobErrors.Of(StatusCode.Internal, "the job's result could not be kept; the server's log says why") };
        }
    }

    private void Enqueue(ActiveJob job, bool first)
    {
        job.Queued = time.GetUtcNow();
        job.BegunOn = Folder(job).SavedEpochs > 0 ? job.Record.Device : null;
        JobMetrics.Queued();
        // Said before it is true: once it waits, a device may take it at any moment.
        job.Feed.Queued(first ? 0 : queue.Count);
        if (first)
            queue.Requeue(job);
        else
            queue.Enqueue(job);
        Renumber();
        EndIfAsked(job);
        Waiting?.Invoke();
    }

    private void End(ActiveJob job, JobRecord record)
    {
        record = record with { Ended = time.GetUtcNow() };
        records.Write(job, record);
        Tidy(job);
        JobMetrics.Ended(record);
        double seconds = ((record.Ended - record.Started) ?? TimeSpan.Zero).TotalSeconds;
        if (record.Error is { } error)
            logger.EndedWithError(record.Id, record.State, error.Code, error.Message);
        else
            logger.Ended(record.Id, record.State, seconds, record.Attempts);
        if (record.State == JobState.Succeeded)
            Durations.Add(TimeSpan.FromSeconds(seconds));
        _active.TryRemove((record.Tenant, record.Id), out _);
        job.Feed.End();
    }

    private void Tidy(ActiveJob job)
    {
        try
        {
            Folder(job).Tidy(keepResult: job.Record.State == JobState.Succeeded);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.NotTidied(job.Record.Id, error.Message);
        }
    }
}
