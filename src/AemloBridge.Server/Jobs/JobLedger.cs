using System.Collections.Concurrent;
using AemloBridge.Data;
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

    /// <summary>Makes a job known whose record is about to be in the store, so that whoever finds the record finds the job.</summary>
    public void Register(ActiveJob job) => _active[(job.Record.Tenant, job.Record.Id)] = job;

    /// <summary>Takes back a job whose record did not get into the store.</summary>
    public void Forget(ActiveJob job) => _active.TryRemove((job.Record.Tenant, job.Record.Id), out _);

    /// <summary>Takes up a registered job whose record is in the store.</summary>
    public void Accept(ActiveJob job) => Enqueue(job, first: false);

    /// <summary>
    /// Takes up what an earlier run of the server left unfinished. Every job is known when this returns; one whose
    /// record cannot be written (a full disk) waits until it can, and nothing waits for it.
    /// </summary>
    public void Recover()
    {
        // Those that ran go first, in the order they were accepted.
        foreach (JobRecord record in store.Unfinished().OrderBy(record => record.State == JobState.Running ? 0 : 1).ThenBy(record => record.Created))
        {
            var job = new ActiveJob(record);
            Register(job);
            Detach(TakeUpAsync(job));
        }
    }

    /// <summary>A device takes a job that it has taken out of the queue.</summary>
    public async Task BeginAsync(ActiveJob job, string device)
    {
        DateTimeOffset now = time.GetUtcNow();
        JobMetrics.LeftQueue();
        JobMetrics.Started(now - job.Queued);
        JobFolder folder = Folder(job);
        folder.DeleteUnfinished();
        await records.WriteAsync(job, job.Record with
        {
            State = JobState.Running,
            Started = job.Record.Started ?? now,
            Attempts = job.Record.Attempts + 1,
            AttemptEpochs = folder.SavedEpochs,
            Device = device,
        }).ConfigureAwait(false);
        Renumber();
    }

    /// <summary>The worker says that it has begun, and from where.</summary>
    public async Task StartedAsync(ActiveJob job, int resumedEpochs, bool repeated)
    {
        if (resumedEpochs != job.Record.AttemptEpochs)
            await records.WriteAsync(job, job.Record with { AttemptEpochs = resumedEpochs }).ConfigureAwait(false);
        JobRecord record = job.Record;
        if (repeated)
            return;
        logger.Started(record.Id, record.Device, record.Attempts, resumedEpochs);
        job.Feed.Started(new JobStarted { Attempt = (uint)record.Attempts, Device = record.Device, ResumedEpochs = (uint)resumedEpochs });
    }

    /// <summary>The worker has written the result.</summary>
    public Task SucceedAsync(ActiveJob job)
    {
        JobMetrics.Stopped();
        return CompleteAsync(job);
    }

    /// <summary>The worker has given the job up.</summary>
    public Task FailAsync(ActiveJob job, JobError error)
    {
        JobMetrics.Stopped();
        return EndAsync(job, job.Record with { State = JobState.Failed, Error = error });
    }

    /// <summary>Ends a job that this server cannot go on with, for an error of its own.</summary>
    public async Task GiveUpAsync(ActiveJob job, Exception error)
    {
        logger.GivenUp(error, job.Record.Id);
        if (!job.Record.HasEnded)
            await FailAsync(job, JobErrors.Of(StatusCode.Internal, $"the job failed by an error of the server ({error.GetType().Name}); its log says more")).ConfigureAwait(false);
    }

    /// <summary>The job was asked to end, and has.</summary>
    public Task CancelledAsync(ActiveJob job)
    {
        JobMetrics.Stopped();
        return EndAsync(job, job.Record with { State = JobState.Cancelled, Error = job.CancelError });
    }

    /// <summary>A job that waited ends, as soon as that can be written.</summary>
    /// <returns>False when it does not wait any more.</returns>
    public bool TryEndQueued(ActiveJob job, JobState state, JobError error)
    {
        if (!queue.Remove(job))
            return false;
        JobMetrics.LeftQueue();
        Detach(EndAsync(job, job.Record with { State = state, Error = error }));
        Renumber();
        return true;
    }

    /// <summary>The worker is gone before the job was done: it is queued again, completed, or failed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="how">How the worker ended, as in "it was ended by signal 9".</param>
    public Task LoseAsync(ActiveJob job, string how)
    {
        JobMetrics.Stopped();
        JobMetrics.Lost();
        if (Folder(job).IsComplete)
            return CompleteAsync(job);
        return job.CancelError is { } error
            ? EndAsync(job, job.Record with { State = JobState.Cancelled, Error = error })
            : TryAgainAsync(job, how);
    }

    /// <summary>The server stops: the job goes on when it is started again.</summary>
    public async Task LeaveForLaterAsync(ActiveJob job)
    {
        JobMetrics.Stopped();
        await records.WriteAsync(job, job.Record with { State = JobState.Queued }).ConfigureAwait(false);
        logger.LeftForLater(job.Record.Id, Folder(job).SavedEpochs);
    }

    /// <summary>Ends a waiting job that was asked to end while nobody could.</summary>
    public void EndIfAsked(ActiveJob job)
    {
        if (job.CancelError is { } error)
            TryEndQueued(job, JobState.Cancelled, error);
    }

    /// <summary>Has a job end: at once when it waits; otherwise soon, or with the next start of the server if it is killed before.</summary>
    public void Cancel(ActiveJob job, JobError error)
    {
        job.RequestCancel(error);
        EndIfAsked(job);
        if (job.Record.HasEnded)
            return;
        try
        {
            JobFolder folder = Folder(job);
            folder.WriteCancel(job.CancelError!);
            // It may have ended, and been tidied up, meanwhile.
            if (job.Record.HasEnded)
                File.Delete(folder.Cancel);
        }
        catch (Exception failure) when (failure is AemloInputException or IOException or UnauthorizedAccessException)
        {
            // The end of the job tidies up, also what was just being written.
            if (!job.Record.HasEnded)
                logger.CancelNotKept(failure, job.Record.Id);
        }
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

    private async Task TakeUpAsync(ActiveJob job)
    {
        try
        {
            await RecoverAsync(job).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not RecordNotWrittenException)
        {
            // One job that cannot be taken up must not keep the server from starting.
            logger.NotTakenUp(error, job.Record.Id);
            await EndAsync(job, job.Record with { State = JobState.Failed, Error = JobErrors.Of(StatusCode.Internal, "the job could not be taken up again after a restart of the server; the server's log says why") }).ConfigureAwait(false);
        }
    }

    private Task RecoverAsync(ActiveJob job)
    {
        JobRecord record = job.Record;
        if (Folder(job).IsComplete)
        {
            logger.Found(record.Id, "its result is there");
            return CompleteAsync(job);
        }

        if (Folder(job).ReadCancel() is { } error)
        {
            logger.Found(record.Id, "it was to end");
            return EndAsync(job, record with { State = JobState.Cancelled, Error = error });
        }

        if (record.State == JobState.Running)
        {
            logger.Found(record.Id, "it ran");
            return TryAgainAsync(job, "ended with the server");
        }

        logger.Found(record.Id, "it waited");
        Enqueue(job, first: false);
        return Task.CompletedTask;
    }

    private async Task TryAgainAsync(ActiveJob job, string how)
    {
        JobRecord record = job.Record;
        int saved = Folder(job).SavedEpochs;
        int lost = record.LostAttempts + (saved > record.AttemptEpochs ? 0 : 1);
        if (lost >= MostLost)
        {
            await EndAsync(job, record with { State = JobState.Failed, LostAttempts = lost, Error = JobErrors.WorkerLost(record.Device, how) }).ConfigureAwait(false);
            return;
        }

        await records.WriteAsync(job, record with { State = JobState.Queued, LostAttempts = lost }).ConfigureAwait(false);
        logger.Lost(record.Id, record.Device, saved, lost);
        Enqueue(job, first: true);
    }

    private async Task CompleteAsync(ActiveJob job)
    {
        JobRecord ended;
        try
        {
            ended = results.Take(job.Record, Folder(job)) with { State = JobState.Succeeded, Error = null };
        }
        catch (RequestException refusal)
        {
            ended = job.Record with { State = JobState.Failed, Error = JobErrors.Of(refusal) };
        }
        catch (Exception error)
        {
            logger.ResultNotKept(error, job.Record.Id);
            ended = job.Record with { State = JobState.Failed, Error = JobErrors.Of(StatusCode.Internal, "the job's result could not be kept; the server's log says why") };
        }

        await EndAsync(job, ended).ConfigureAwait(false);
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

    private async Task EndAsync(ActiveJob job, JobRecord record)
    {
        record = record with { Ended = time.GetUtcNow() };
        await records.WriteAsync(job, record).ConfigureAwait(false);
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

    /// <summary>Lets a step that nobody can wait for go on by itself; the server's stop ends it.</summary>
    private static void Detach(Task step) => step.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
