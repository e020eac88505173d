using System.Runtime.CompilerServices;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Errors;
using AemloBridge.Client.Jobs;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using Grpc.Core;

namespace AemloBridge.Client;

/// <summary>The tenant's jobs on a server.</summary>
public sealed class JobClient
{
    private readonly Caller _caller;
    private readonly Handshake _handshake;
    private readonly JobService.JobServiceClient _service;

    internal JobClient(Caller caller, Handshake handshake, CallInvoker invoker)
    {
        _caller = caller;
        _handshake = handshake;
        _service = new JobService.JobServiceClient(invoker);
    }

    /// <summary>Resamples a stored data set with the method that the options belong to.</summary>
    /// <param name="datasetDigest">The data set.</param>
    /// <param name="schema">Its columns, which those of the result are.</param>
    /// <param name="options">The options of a method.</param>
    /// <param name="progress">Told after each epoch, on the thread that reads from the server.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public async Task<ResamplingOutcome> OversampleAsync(
        string datasetDigest,
        Data.DatasetSchema schema,
        ResamplingOptions options,
        IProgress<EpochReport>? progress = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        settings ??= new JobSettings();
        var request = new OversampleRequest { Control = Control(settings), DatasetDigest = datasetDigest, Method = MethodContract.ToMessage(options) };
        return await ResampleAsync(
            schema,
            call => Events.Of(_service.Oversample(request, call), answer => answer.Event),
            request.Control.RequestId,
            progress,
            settings,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Trains on a stored data set and keeps the model on the server.</summary>
    /// <param name="datasetDigest">The data set.</param>
    /// <param name="options">The options.</param>
    /// <param name="modelName">A name for the model in lists; may be empty.</param>
    /// <param name="progress">Told after each epoch, on the thread that reads from the server.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public async Task<TrainingOutcome> TrainAsync(
        string datasetDigest,
        AemloOptions options,
        string modelName = "",
        IProgress<EpochReport>? progress = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        settings ??= new JobSettings();
        var request = new TrainRequest { Control = Control(settings), DatasetDigest = datasetDigest, Method = MethodContract.ToMessage(options), ModelName = modelName };
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var run = new JobRun(_caller, _service, settings, progress, null);
        JobReport report = await run.StartAsync(call => Events.Of(_service.Train(request, call), answer => answer.Event), request.Control.RequestId, cancellationToken).ConfigureAwait(false);
        return report.ModelId.Length > 0
            ? new TrainingOutcome(report.ModelId, report)
            : throw ServerErrors.BadAnswer(_caller.Address, "the training ended without a model", report.JobId);
    }

    /// <summary>Makes new rows with a model.</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="options">What to make; of these only the options that matter for generation, seed, threads and device are sent.</param>
    /// <param name="schema">The columns of that data set; null where none is given, or for the server to say.</param>
    /// <param name="datasetDigest">Rows to make new ones from in place of the model's own, or null.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public Task<ResamplingOutcome> GenerateAsync(
        string modelId,
        AemloOptions options,
        Data.DatasetSchema? schema = null,
        string? datasetDigest = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        settings ??= new JobSettings();
        var request = new GenerateRequest
        {
            Control = Control(settings),
            ModelId = modelId,
            DatasetDigest = datasetDigest ?? string.Empty,
            Method = GenerationMethod.Of(options),
        };
        return ResampleAsync(
            schema,
            call => Events.Of(_service.Generate(request, call), answer => answer.Event),
            request.Control.RequestId,
            null,
            settings,
            cancellationToken);
    }

    /// <summary>Waits for a job that was started before, and gives its result: of a training a recipe is not to be had, see <see cref="GetAsync"/>.</summary>
    /// <param name="jobId">The job, running or ended.</param>
    /// <param name="schema">The columns of the data set it works on; null for Generate from a model alone.</param>
    /// <param name="progress">Told after each epoch from now on, on the thread that reads from the server.</param>
    /// <param name="settings">How it is waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting; the job goes on.</param>
    /// <exception cref="AemloServerException">There is no such job, it failed, or the server cannot be reached.</exception>
    public async Task<ResamplingOutcome> WatchAsync(
        string jobId,
        Data.DatasetSchema? schema,
        IProgress<EpochReport>? progress = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var recipe = new RecipeAssembler(schema);
        var run = new JobRun(_caller, _service, (settings ?? new JobSettings()) with { KeepRunning = true }, progress, recipe);
        JobReport report = await run.AttachAsync(jobId, cancellationToken).ConfigureAwait(false);
        return Outcome(recipe, report);
    }

    /// <summary>How a job stands; null when the tenant has none of that id.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async Task<Job?> GetAsync(string jobId, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            GetJobResponse answer = await _caller.AskAsync(call => _service.GetJobAsync(new GetJobRequest { JobId = jobId }, call), cancellationToken).ConfigureAwait(false);
            return answer.Job;
        }
        catch (AemloServerException failure) when (failure.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>All jobs, newest first.</summary>
    /// <param name="states">Only jobs in these states; empty for all.</param>
    /// <param name="requestId">Only the job of this request; empty for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async IAsyncEnumerable<Job> ListAsync(IReadOnlyCollection<JobState>? states = null, string requestId = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var request = new ListJobsRequest { RequestId = requestId };
        request.States.AddRange(states ?? []);
        do
        {
            ListJobsResponse page = await _caller.AskAsync(call => _service.ListJobsAsync(request, call), cancellationToken).ConfigureAwait(false);
            foreach (Job job in page.Jobs)
                yield return job;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Ends a job within one training step; one that has ended already stays as it is.</summary>
    /// <returns>How it stands afterwards.</returns>
    /// <exception cref="AemloServerException">There is no such job, or the server cannot be reached.</exception>
    public async Task<Job> CancelAsync(string jobId, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        CancelJobResponse answer = await _caller.AskAsync(call => _service.CancelJobAsync(new CancelJobRequest { JobId = jobId }, call), cancellationToken).ConfigureAwait(false);
        return answer.Job ?? throw ServerErrors.BadAnswer(_caller.Address, "the cancellation was answered without the job", jobId);
    }

    private async Task<ResamplingOutcome> ResampleAsync(
        Data.DatasetSchema? schema,
        Func<CallOptions, IAsyncEnumerable<JobEvent>> start,
        string requestId,
        IProgress<EpochReport>? progress,
        JobSettings settings,
        CancellationToken cancellation)
    {
        await _handshake.RequireAsync(cancellation).ConfigureAwait(false);
        var recipe = new RecipeAssembler(schema);
        var run = new JobRun(_caller, _service, settings, progress, recipe);
        JobReport report = await run.StartAsync(start, requestId, cancellation).ConfigureAwait(false);
        return Outcome(recipe, report);
    }

    private ResamplingOutcome Outcome(RecipeAssembler recipe, JobReport report)
    {
        try
        {
            ResamplingRecipe complete = recipe.Complete();
            return new ResamplingOutcome(complete, recipe.Schema!, report);
        }
        catch (ContractException exception)
        {
            throw ServerErrors.BadAnswer(_caller.Address, exception.Message, report.JobId, exception);
        }
    }

    /// <summary>The server lets the job run on whatever happens to the connection: this client takes it up again, or cancels the job itself.</summary>
    private static JobControl Control(JobSettings settings)
    {
        var control = new JobControl { RequestId = settings.RequestId ?? Guid.NewGuid().ToString("N"), KeepRunning = true };
        if (settings.TimeLimit is { } limit)
            control.TimeLimit = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(limit);
        return control;
    }
}
