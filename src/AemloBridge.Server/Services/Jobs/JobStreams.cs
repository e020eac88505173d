using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>Serves the streams of a job's events, and ends the jobs whose calls end before them.</summary>
internal sealed class JobStreams(JobRequests requests, ResultStreams results, JobCallers callers, HeavyReads reads, IJobManager manager, IHostApplicationLifetime lifetime, ILogger<JobStreams> logger)
{
    /// <summary>Starts the job that is asked for, or joins the one that the request id names, and sends its events and its result.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="write">Sends an event; done when the client has room for the next.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RequestException">The request cannot be met, or the job has failed.</exception>
    public async Task StartAsync(JobOrder order, Func<JobEvent, Task> write, ServerCallContext context)
    {
        string tenant = context.Tenant();
        // Nobody would see the job.
        context.CancellationToken.ThrowIfCancellationRequested();
        JobRecord job;
        // The job that ends with its calls.
        JobRecord? started = null;
        callers.Enter(tenant, order);
        try
        {
            (job, bool joined) = requests.FindRepeated(tenant, order) is { } repeated
                ? (repeated, true)
                : await SubmitAsync(tenant, order, context.CancellationToken);
            if (joined)
                logger.JobJoined(tenant, job.Id);
            started = joined || order.KeepRunning ? null : job;
            await write(JobMessages.Accepted(job, joined));
            job = await FollowAsync(job, afterEpoch: 0, write, context.CancellationToken);
            started = null;
        }
        finally
        {
            if (callers.Leave(tenant, order, started is null ? null : new AbandonedJob(started, CallEnd.JobError(context))) is { } left)
                Abandon(left);
        }

        await FinishAsync(job, fromNewRow: 0, write);
    }

    /// <summary>Sends the events of a job from now on, and its result.</summary>
    /// <exception cref="RequestException">NOT_FOUND, or the job has failed.</exception>
    public async Task AttachAsync(WatchJobRequest request, Func<JobEvent, Task> write, ServerCallContext context)
    {
        JobRecord job = Find(manager, context.Tenant(), request.JobId).Record;
        await write(JobMessages.Accepted(job, joined: true));
        job = await FollowAsync(job, request.AfterEpoch, write, context.CancellationToken);
        await FinishAsync(job, request.FromNewRow, write);
    }

    /// <summary>The tenant's job of that id.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT, NOT_FOUND.</exception>
    public static JobSnapshot Find(IJobManager manager, string tenant, string id) =>
        manager.Get(tenant, RequestFields.Id("job_id", JobMessages.What, id)) ?? throw RequestFields.NotFound(JobMessages.What, id);

    // A generation's model file is read for its columns and sizes, and its header may be long.
    private Task<(JobRecord Job, bool Joined)> SubmitAsync(string tenant, JobOrder order, CancellationToken cancellationToken)
    {
        return order.Kind == JobKind.Generate ? reads.RunAsync(Submit, cancellationToken) : Task.FromResult(Submit());

        (JobRecord, bool) Submit() => manager.Submit(requests.Complete(tenant, order));
    }

    // Until the job ends, or the server stops.
    private async Task<JobRecord> FollowAsync(JobRecord job, uint afterEpoch, Func<JobEvent, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (JobEvent happened in manager.Watch(job.Tenant, job.Id, afterEpoch, cancellationToken).WithCancellation(cancellationToken))
                await write(happened);
        }
        catch (RequestException exception) when (exception.Reason == Reasons.Stopping)
        {
            // No end of the call by its client: the job is not to be cancelled for it.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Find(manager, job.Tenant, job.Id).Record;
    }

    private Task FinishAsync(JobRecord job, ulong fromNewRow, Func<JobEvent, Task> write) => job.State switch
    {
        JobState.Succeeded => results.SendAsync(job, fromNewRow, write),
        JobState.Failed or JobState.Cancelled => throw JobMessages.Failure(job),
        _ => throw new RequestException(StatusCode.Unavailable, Reasons.Stopping, "the server is stopping; the job is kept and goes on when it is back: attach to it with WatchJob")
        {
            Metadata = new Dictionary<string, string> { ["job_id"] = job.Id },
        },
    };

    private void Abandon(AbandonedJob left)
    {
        // When the server stops, it is not the client that leaves: the job goes on with the next start.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        logger.JobAbandoned(left.Job.Tenant, left.Job.Id, left.Error.Code);
        manager.Cancel(left.Job.Tenant, left.Job.Id, left.Error);
    }
}
