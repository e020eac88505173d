using System.Diagnostics;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Errors;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Jobs;

/// <summary>One job from its request to its report, across full servers and lost connections. Used once.</summary>
/// <param name="caller">Errors and pauses.</param>
/// <param name="service">The server.</param>
/// <param name="settings">How long to wait, and whom to tell.</param>
/// <param name="progress">Told after each epoch, or null.</param>
/// <param name="recipe">Takes the recipe; null for a job that has none.</param>
internal sealed class JobRun(Caller caller, JobService.JobServiceClient service, JobSettings settings, IProgress<EpochReport>? progress, RecipeAssembler? recipe)
{
    /// <summary>A connection that lasted so long counts as one that works.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    private readonly JobCancellation _cancellation = new(service);

    private string _jobId = string.Empty;
    private int _failures;
    private uint _attempt;
    private uint _lastEpoch;
    private int _queuePosition = -1;

    /// <summary>Starts a job and waits for its end.</summary>
    /// <param name="start">Makes the request; made again, with the same request id, when the connection fails.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="cancellation">Cancels the job.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public Task<JobReport> StartAsync(Func<CallOptions, IAsyncEnumerable<JobEvent>> start, string requestId, CancellationToken cancellation) =>
        WithinTimeoutAsync(start, requestId, cancellation);

    /// <summary>Waits for the end of a job that was started before.</summary>
    /// <exception cref="AemloServerException">There is no such job, it failed, or the server cannot be reached.</exception>
    public Task<JobReport> AttachAsync(string jobId, CancellationToken cancellation)
    {
        _jobId = jobId;
        return WithinTimeoutAsync(Watch, string.Empty, cancellation);
    }

    private async Task<JobReport> WithinTimeoutAsync(Func<CallOptions, IAsyncEnumerable<JobEvent>> start, string requestId, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource();
        if (settings.Timeout is { } limit)
            timeout.CancelAfter(limit);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await RunAsync(start, both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not AemloServerException)
        {
            // Cancelled, timed out, or thrown by the caller's own progress: nobody waits for the job any more.
            if (!settings.KeepRunning)
                await _cancellation.CancelAsync(_jobId, requestId).ConfigureAwait(false);
            if (exception is not OperationCanceledException)
                throw;
            cancellation.ThrowIfCancellationRequested();
            string what = $"the job did not end within {ServerErrors.Seconds(settings.Timeout ?? TimeSpan.Zero)}";
            throw new AemloServerException(StatusCode.DeadlineExceeded, string.Empty, $"server {caller.Address.Text}: {what}{(settings.KeepRunning ? " and goes on there" : " and was cancelled")}; allow it more time", exception) { JobId = KnownJob };
        }
    }

    private string? KnownJob => _jobId.Length > 0 ? _jobId : null;

    private async Task<JobReport> RunAsync(Func<CallOptions, IAsyncEnumerable<JobEvent>> start, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            using var connection = new CallToken(cancellation, () => _jobId.Length > 0);
            TimeSpan pause;
            try
            {
                var options = new CallOptions(cancellationToken: connection.Token);
                await foreach (JobEvent happened in (_jobId.Length == 0 ? start(options) : Watch(options)).ConfigureAwait(false))
                {
                    if (Take(happened) is { } report)
                        return report;
                    if (_jobId.Length > 0)
                        cancellation.ThrowIfCancellationRequested();
                }

                cancellation.ThrowIfCancellationRequested();
                pause = AfterFailure(new RpcException(new Status(StatusCode.Unavailable, "the stream of the job's events ended before the job")), began);
            }
            catch (ContractException exception)
            {
                throw ServerErrors.BadAnswer(caller.Address, exception.Message, KnownJob, exception);
            }
            catch (RpcException failure)
            {
                cancellation.ThrowIfCancellationRequested();
                pause = AfterFailure(failure, began);
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<JobEvent> Watch(CallOptions options)
    {
        var request = new WatchJobRequest { JobId = _jobId, FromNewRow = recipe?.NewRows ?? 0, AfterEpoch = _lastEpoch };
        return Events.Of(service.WatchJob(request, options), answer => answer.Event);
    }

    /// <summary>How long to pause before the next try; throws when there is none.</summary>
    private TimeSpan AfterFailure(RpcException failure, long began)
    {
        if (_jobId.Length == 0 && ServerErrors.WaitsFor(failure) is { } wait)
        {
            wait = wait < caller.Options.FirstRetryDelay ? caller.Options.FirstRetryDelay : wait;
            Notify(JobNoticeKind.Waiting, $"the server has no room for the job ({failure.Status.Detail.TrimEnd('.')}); trying again in {ServerErrors.Seconds(wait)}");
            return wait;
        }

        if (!ServerErrors.IsPassing(failure) || ServerErrors.IsCertificate(failure))
            throw caller.Error(failure, KnownJob);
        if (Stopwatch.GetElapsedTime(began) >= Lasting)
            _failures = 0;
        if (_failures >= caller.Options.Retries)
            throw Lost(failure);
        TimeSpan pause = caller.Pause(_failures++);
        Notify(JobNoticeKind.Reconnecting, $"the connection to the server was lost; try {_failures} of {caller.Options.Retries} in {ServerErrors.Seconds(pause)}");
        return pause;
    }

    private AemloServerException Lost(RpcException failure)
    {
        AemloServerException error = caller.Error(failure, KnownJob);
        string goesOn = _jobId.Length > 0 ? $"; job {_jobId} goes on there" : string.Empty;
        return new AemloServerException(failure.StatusCode, AemloServerException.Unreachable, $"{error.Message} (given up after {_failures} tries{goesOn})", failure) { JobId = KnownJob };
    }

    /// <summary>Notes an event; gives the report when it is that.</summary>
    private JobReport? Take(JobEvent happened)
    {
        switch (happened.EventCase)
        {
            case JobEvent.EventOneofCase.Accepted when _jobId.Length == 0:
                _jobId = happened.Accepted.JobId;
                Notify(JobNoticeKind.Accepted, $"job {_jobId} {(happened.Accepted.Joined ? "joined" : "accepted")}", happened.Accepted.Seed);
                break;
            case JobEvent.EventOneofCase.Accepted:
                break;
            case JobEvent.EventOneofCase.Queued when (int)happened.Queued.Position != _queuePosition:
                _queuePosition = (int)happened.Queued.Position;
                Notify(JobNoticeKind.Queued, _queuePosition == 0 ? "queued: next to start" : $"queued: {_queuePosition} jobs ahead");
                break;
            case JobEvent.EventOneofCase.Started when happened.Started.Attempt > _attempt:
                _attempt = happened.Started.Attempt;
                // A new attempt goes through the epochs after its checkpoint once more.
                _lastEpoch = Math.Min(_lastEpoch, happened.Started.ResumedEpochs);
                _failures = 0;
                Notify(JobNoticeKind.Started, Started(happened.Started));
                break;
            case JobEvent.EventOneofCase.Progress when happened.Progress.Epoch > _lastEpoch:
                _lastEpoch = happened.Progress.Epoch;
                _failures = 0;
                progress?.Report(ProgressContract.FromMessage(happened.Progress));
                break;
            case JobEvent.EventOneofCase.Recipe when recipe is not null:
                ulong before = recipe.NewRows;
                recipe.Add(happened.Recipe);
                _failures = recipe.NewRows > before ? 0 : _failures;
                break;
            case JobEvent.EventOneofCase.Report:
                return happened.Report;
        }

        return null;
    }

    private static string Started(JobStarted started)
    {
        string again = started.Attempt > 1 ? $", attempt {started.Attempt}" : string.Empty;
        string resumed = started.ResumedEpochs > 0 ? $", after epoch {started.ResumedEpochs}" : string.Empty;
        return $"started on {started.Device}{again}{resumed}";
    }

    private void Notify(JobNoticeKind kind, string text, long? seed = null) =>
        settings.Notices?.Report(new JobNotice(kind, _jobId, text) { QueuePosition = Math.Max(0, _queuePosition), Seed = seed });
}
