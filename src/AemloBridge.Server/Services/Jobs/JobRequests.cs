using AemloBridge.Aemlo.Training;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Services.Datasets;
using AemloBridge.Server.Services.Models;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>Checks the requests that start a job, and turns them into what the job manager takes.</summary>
internal sealed class JobRequests(IDatasetStore datasets, IModelStore models, IJobStore jobs, ModelOptions modelOptions, ServerOptions options)
{
    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    /// <exception cref="ContractException">The method, or an option of it.</exception>
    public JobOrder Check(OversampleRequest request) =>
        Check(JobKind.Oversample, request.Control, RequestFields.Digest("dataset_digest", request.DatasetDigest), "", "", request.Method);

    /// <exception cref="RequestException">INVALID_ARGUMENT.</exception>
    /// <exception cref="ContractException">The method, or an option of it.</exception>
    public JobOrder Check(TrainRequest request) =>
        Check(JobKind.Train, request.Control, RequestFields.Digest("dataset_digest", request.DatasetDigest), "", RequestFields.Name("model_name", request.ModelName), request.Method);

    /// <exception cref="RequestException">INVALID_ARGUMENT; NOT_FOUND: no server has given such a model id.</exception>
    /// <exception cref="ContractException">The method, or an option of it.</exception>
    public JobOrder Check(GenerateRequest request)
    {
        string digest = request.DatasetDigest.Length == 0 ? "" : RequestFields.Digest("dataset_digest", request.DatasetDigest);
        return Check(JobKind.Generate, request.Control, digest, RequestFields.Id("model_id", StoredModels.What, request.ModelId), "", request.Method);
    }

    /// <summary>The tenant's job of the same request id; null when there is none. What it needed may be gone by now: it has it already.</summary>
    /// <exception cref="RequestException">ALREADY_EXISTS: the id stands for another request.</exception>
    public JobRecord? FindRepeated(string tenant, JobOrder order)
    {
        if (order.RequestId.Length == 0 || jobs.FindByRequest(tenant, order.RequestId) is not { } job)
            return null;
        if (job.RequestHash != order.Hash)
            throw new RequestException(StatusCode.AlreadyExists, Reasons.RequestIdReused, "control.request_id stands for another request already: repeat that one as it was, or take a new id");
        return job;
    }

    /// <summary>Finds what the request names in the stores, and draws the seed where none is given.</summary>
    /// <exception cref="RequestException">NOT_FOUND, INVALID_ARGUMENT.</exception>
    public JobSubmission Complete(string tenant, JobOrder order)
    {
        ModelRecord? model = order.ModelId.Length == 0 ? null : StoredModels.Find(models, tenant, "model_id", order.ModelId);
        DatasetRecord? dataset = order.DatasetDigest.Length == 0 ? null : StoredDatasets.Find(datasets, tenant, "dataset_digest", order.DatasetDigest);
        ResamplingOptions resolved = model is null ? Resolve(order.Kind, order.Method) : modelOptions.Resolve(model, order.Method);
        if (model is not null && dataset is not null)
            modelOptions.RequireSameColumns(model, dataset);
        return new JobSubmission
        {
            Tenant = tenant,
            Kind = order.Kind,
            RequestId = order.RequestId,
            RequestHash = order.Hash,
            Dataset = dataset,
            Model = model,
            ModelName = order.ModelName,
            Options = resolved with { Seed = resolved.Seed ?? AemloTrainer.DrawSeed() },
            KeepRunning = order.KeepRunning,
            TimeLimit = order.TimeLimit,
        };
    }

    private static ResamplingOptions Resolve(JobKind kind, MethodSpec method) =>
        kind == JobKind.Oversample ? MethodContract.Resolve(method) : MethodContract.ResolveTraining(method);

    private JobOrder Check(JobKind kind, JobControl? control, string digest, string modelId, string modelName, MethodSpec? method)
    {
        control ??= new JobControl();
        method ??= new MethodSpec();
        string requestId = RequestFields.RequestId("control.request_id", control.RequestId);
        TimeSpan? timeLimit = RequestFields.TimeLimit("control.time_limit", control.TimeLimit, options.Limits.MaxJobTime);
        string hash = RequestHash.Of(kind, digest, modelId, modelName, method, Resolve(kind, method));
        return new JobOrder(kind, requestId, hash, control.KeepRunning, timeLimit, digest, modelId, modelName, method);
    }
}
