using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>A tenant of a server, with what it keeps there.</summary>
internal sealed class Lab(RunningServer server, string name, string token) : Caller(server, token)
{
    /// <summary>The largest page there is.</summary>
    public const uint AllOnOnePage = 1000;

    private Target? _kept;

    /// <summary>The tenant's name.</summary>
    public string Name => name;

    /// <summary>Stores the data set, the model and the ended job that rows are about.</summary>
    public async Task<Target> KeepAsync() => _kept ??= await StoreKeptAsync();

    /// <summary>What a row's request is about, made where it is the row's own.</summary>
    /// <param name="row">The row.</param>
    /// <param name="options">The options of the jobs that are started.</param>
    public async Task<Target> TargetAsync(RpcRow row, AemloOptions options)
    {
        Target kept = await KeepAsync() with { Options = options };
        return row.About switch
        {
            About.SpareDataset => kept with { Dataset = (await AskAsync<UploadDatasetResponse>(MatrixData.Upload(MatrixData.SpareDataset))).Dataset.Digest },
            About.SpareModel => kept with { Model = (await AskAsync<UploadModelResponse>(MatrixData.Upload(MatrixData.SpareModel))).Model.Id },
            About.OwnJob => kept with { Job = await StartAsync(options) },
            About.EndlessJob => kept with { Job = await StartAsync(MatrixData.Endless) },
            _ => kept,
        };
    }

    /// <summary>What a row's request is about; a job of its own never ends by itself, and has begun.</summary>
    public async Task<Target> RunningTargetAsync(RpcRow row)
    {
        Target target = await TargetAsync(row, MatrixData.Endless);
        if (row.About is About.OwnJob or About.EndlessJob)
        {
            using OpenCall call = Open(Rpcs.Taking<WatchJobRequest>());
            await call.SendAsync([new WatchJobRequest { JobId = target.Job }], complete: true);
            await call.UntilAsync(answer => JobAnswers.Event(answer).Started is not null);
        }

        return target;
    }

    /// <summary>Makes a row's call as it should be, and checks the answers.</summary>
    public async Task SucceedAsync(RpcRow row)
    {
        Target target = await TargetAsync(row, MatrixData.Short);
        await row.Right(this, target, await CallAsync(row.Request(target)));
    }

    /// <summary>Starts a job that outlives its call.</summary>
    public async Task<string> StartAsync(AemloOptions options)
    {
        using OpenCall call = Open(Rpcs.Taking<OversampleRequest>());
        await call.SendAsync([Job((await KeepAsync()).Dataset, options, new JobControl { KeepRunning = true })], complete: true);
        await call.UntilAsync(_ => true);
        return JobAnswers.JobId(call.Answers);
    }

    /// <summary>How a job stands.</summary>
    public async Task<Job> JobAsync(string id) => (await AskAsync<GetJobResponse>(new GetJobRequest { JobId = id })).Job;

    /// <summary>Waits until a job stands like that.</summary>
    public Task UntilAsync(string job, JobState state) => Waiting.UntilAsync(async () => (await JobAsync(job)).State == state);

    /// <summary>Waits for a job's end.</summary>
    public async Task<Job> EndAsync(string id)
    {
        using OpenCall call = Open(Rpcs.Taking<WatchJobRequest>());
        await call.SendAsync([new WatchJobRequest { JobId = id }], complete: true);
        await call.ReadToStatusAsync();
        return await JobAsync(id);
    }

    /// <summary>All that the tenant has, but for how far its jobs are.</summary>
    /// <param name="times">Whether times of last use count.</param>
    public async Task<string> SnapshotAsync(bool times = true)
    {
        ListDatasetsResponse datasets = await AskAsync<ListDatasetsResponse>(new ListDatasetsRequest());
        ListModelsResponse models = await AskAsync<ListModelsResponse>(new ListModelsRequest());
        if (!times)
        {
            foreach (Dataset dataset in datasets.Datasets)
                (dataset.LastUsed, dataset.Expires) = (null, null);
            foreach (Model model in models.Models)
                (model.LastUsed, model.Expires) = (null, null);
        }

        ListJobsResponse jobs = await AskAsync<ListJobsResponse>(new ListJobsRequest { PageSize = AllOnOnePage });
        return string.Join('\n', [datasets, models, .. jobs.Jobs.Select(job => $"{job.Id} {job.Ended} {job.Error}")]);
    }

    /// <summary>Ends every job, and deletes what is not kept for all rows.</summary>
    public async Task TidyAsync()
    {
        await EndJobsAsync();
        foreach (Dataset dataset in (await AskAsync<ListDatasetsResponse>(new ListDatasetsRequest())).Datasets.Where(dataset => dataset.Digest != _kept?.Dataset))
            await CallAsync(new DeleteDatasetRequest { Digest = dataset.Digest });
        foreach (Model model in (await AskAsync<ListModelsResponse>(new ListModelsRequest())).Models.Where(model => model.Id != _kept?.Model))
            await CallAsync(new DeleteModelRequest { ModelId = model.Id });
    }

    /// <summary>Cancels every job, and waits for their ends.</summary>
    public async Task EndJobsAsync()
    {
        var unended = new ListJobsRequest { PageSize = AllOnOnePage, States = { JobState.Queued, JobState.Running } };
        foreach (Job job in (await AskAsync<ListJobsResponse>(unended)).Jobs)
        {
            await CallAsync(new CancelJobRequest { JobId = job.Id });
            await EndAsync(job.Id);
        }
    }

    private async Task<Target> StoreKeptAsync()
    {
        string dataset = (await AskAsync<UploadDatasetResponse>(MatrixData.Upload(JobData.Rows))).Dataset.Digest;
        string model = (await AskAsync<UploadModelResponse>(MatrixData.Upload(MatrixData.KeptModel))).Model.Id;
        string job = JobAnswers.JobId(await CallAsync(Job(dataset, MatrixData.Short, new JobControl())));
        return new Target(dataset, model, job);
    }

    private static OversampleRequest Job(string dataset, AemloOptions options, JobControl control) =>
        new() { DatasetDigest = dataset, Control = control, Method = MethodContract.ToMessage(options) };
}
