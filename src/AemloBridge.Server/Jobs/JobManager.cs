using AemloBridge.Devices;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Workers;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Jobs;

/// <inheritdoc cref="IJobManager"/>
internal sealed class JobManager : IJobManager, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly IJobStore _store;
    private readonly IJobQueue _queue;
    private readonly JobLedger _ledger;
    private readonly RecordWriter _records;
    private readonly Admission _admission;
    private readonly JobSource _source;
    private readonly DevicePool _pool;
    private readonly TimeProvider _time;
    private readonly ILogger<JobManager> _logger;
    private readonly Lock _submitting = new();
    private bool _started;
    private bool _draining;
    private bool _disposed;

    public JobManager(IJobStore store, IJobQueue queue, JobLedger ledger, RecordWriter records, Admission admission, JobSource source, DevicePool pool, TimeProvider time, ILogger<JobManager> logger)
    {
        (_store, _queue, _ledger, _records) = (store, queue, ledger, records);
        (_admission, _source, _pool, _time, _logger) = (admission, source, pool, time, logger);
    }

    public IReadOnlyList<Device> Devices => _pool.All;

    public string LibtorchVersion => _pool.LibtorchVersion;

    public (JobRecord Job, bool Joined) Submit(JobSubmission submission)
    {
        try
        {
            RequireOpen();
            if (submission.RequestId.Length > 0 && _store.FindByRequest(submission.Tenant, submission.RequestId) is { } known)
                return Join(known, submission);
            // Before files are looked into for it.
            _admission.RequireRoom(submission.Tenant);
            MemoryEstimate estimate = _admission.RequireFit(submission);
            lock (_submitting)
            {
                // Again, for a job of the same request id must not be refused for want of room that it has itself.
                if (submission.RequestId.Length > 0 && _store.FindByRequest(submission.Tenant, submission.RequestId) is { } meanwhile)
                    return Join(meanwhile, submission);
                RequireOpen();
                _admission.RequireRoom(submission.Tenant);
                JobRecord record = Record(submission, estimate.Total);
                _store.RequireRoom(record, Math.Max(1, estimate.Result));
                var job = new ActiveJob(record) { Memory = estimate };
                _ledger.Register(job);
                bool created = false;
                try
                {
                    created = _store.TryCreate(record, out JobRecord? existing);
                    if (!created)
                        return Join(existing!, submission);
                }
                finally
                {
                    if (!created)
                        _ledger.Forget(job);
                }

                JobMetrics.Accepted(record.Kind);
                _logger.Accepted(record.Id, record.Kind, record.Tenant, estimate.Total, _queue.Count);
                _ledger.Accept(job);
                return (record, false);
            }
        }
        catch (RequestException refusal)
        {
            JobMetrics.Refused(refusal.Reason);
            _logger.Refused(submission.Tenant, refusal.Reason);
            throw;
        }
    }

    public JobSnapshot? Get(string tenant, string id) =>
        (_ledger.Find(tenant, id)?.Record ?? _store.Get(tenant, id)) is { } record ? Describe(record) : null;

    public JobSnapshot Describe(JobRecord job)
    {
        if (job.HasEnded || _ledger.Find(job.Tenant, job.Id) is not { } active)
            return new JobSnapshot(job, 0, null);
        JobRecord record = active.Record;
        int position = 0;
        if (record.State == JobState.Queued)
        {
            IReadOnlyList<ActiveJob> order = _queue.InOrder();
            position = order.TakeWhile(other => other != active).Count() is var ahead && ahead < order.Count ? ahead : 0;
        }

        return new JobSnapshot(record, position, active.Feed.Progress);
    }

    public JobSnapshot? Cancel(string tenant, string id, JobError error)
    {
        if (_ledger.Find(tenant, id) is { } job)
        {
            _logger.CancelAsked(id, tenant, error.Code);
            _ledger.Cancel(job, error);
        }

        return Get(tenant, id);
    }

    public IAsyncEnumerable<JobEvent> Watch(string tenant, string id, uint afterEpoch, CancellationToken cancellationToken) =>
        _ledger.Find(tenant, id)?.Feed.Watch(afterEpoch, cancellationToken) ?? AsyncEnumerable.Empty<JobEvent>();

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_submitting)
            _draining = true;
        _source.Close();
        ActiveJob[] running = Running();
        _logger.Draining(running.Length, _queue.Count);
        try
        {
            while (running.Length > 0)
            {
                // One that loses its worker does not end, and runs no more: it is looked at again.
                await Task.WhenAny(running[0].Feed.Ended, Task.Delay(LookAgain, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                running = Running();
            }
        }
        catch (OperationCanceledException)
        {
            // They had their time.
        }

        // A full disk must not keep the server from stopping.
        _records.Stop();
        await _pool.StopAsync().ConfigureAwait(false);
        foreach (ActiveJob job in _ledger.Active)
            job.Feed.End(Stopping());
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ledger.Recover();
        _pool.Start();
        lock (_submitting)
            _started = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => DrainAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static RequestException Stopping() =>
        new(StatusCode.Unavailable, Reasons.Stopping, "the server is stopping; jobs that were accepted go on when it is started again");

    private ActiveJob[] Running() => [.. _ledger.Active.Where(job => job.Record.State == JobState.Running)];

    private void RequireOpen()
    {
        lock (_submitting)
        {
            if (_draining || !_started)
                throw Stopping();
        }
    }

    private static (JobRecord Job, bool Joined) Join(JobRecord known, JobSubmission submission)
    {
        if (known.RequestHash != submission.RequestHash)
            throw new RequestException(StatusCode.AlreadyExists, Reasons.RequestIdReused, $"control.request_id: '{submission.RequestId}' stands for job {known.Id}, which was asked for with other values; take another request_id");
        return (known, true);
    }

    private JobRecord Record(JobSubmission submission, long estimate)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return new JobRecord
        {
            Tenant = submission.Tenant,
            Id = Guid.CreateVersion7(now).ToString("N"),
            Kind = submission.Kind,
            RequestId = submission.RequestId,
            RequestHash = submission.RequestHash,
            DatasetDigest = submission.Dataset?.Digest ?? "",
            ModelId = submission.Model?.Id ?? "",
            ModelName = submission.ModelName,
            Method = submission.Options.Method,
            Options = MethodContract.ToValues(submission.Options),
            KeepRunning = submission.KeepRunning,
            TimeLimit = submission.TimeLimit,
            MemoryEstimate = estimate,
            Created = now,
        };
    }
}
