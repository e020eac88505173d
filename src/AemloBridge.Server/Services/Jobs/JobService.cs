using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using Grpc.Core;
using V1 = AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>The calls of job_service.proto.</summary>
internal sealed class JobService(JobRequests requests, JobStreams streams, IJobManager manager, IJobStore store) : V1.JobService.JobServiceBase
{
    private static readonly Paging Pages = new("jobs");

    public override Task Oversample(OversampleRequest request, IServerStreamWriter<OversampleResponse> responseStream, ServerCallContext context) =>
        streams.StartAsync(requests.Check(request), happened => responseStream.WriteAsync(new OversampleResponse { Event = happened }, context.CancellationToken), context);

    public override Task Train(TrainRequest request, IServerStreamWriter<TrainResponse> responseStream, ServerCallContext context) =>
        streams.StartAsync(requests.Check(request), happened => responseStream.WriteAsync(new TrainResponse { Event = happened }, context.CancellationToken), context);

    public override Task Generate(GenerateRequest request, IServerStreamWriter<GenerateResponse> responseStream, ServerCallContext context) =>
        streams.StartAsync(requests.Check(request), happened => responseStream.WriteAsync(new GenerateResponse { Event = happened }, context.CancellationToken), context);

    public override Task WatchJob(WatchJobRequest request, IServerStreamWriter<WatchJobResponse> responseStream, ServerCallContext context) =>
        streams.AttachAsync(request, happened => responseStream.WriteAsync(new WatchJobResponse { Event = happened }, context.CancellationToken), context);

    public override Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJobResponse { Job = Message(JobStreams.Find(manager, context.Tenant(), request.JobId)) });

    public override Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        string after = Pages.After(request.PageToken);
        JobState[] states = [.. request.States.Distinct()];
        if (states.Any(state => state == JobState.Unspecified || !Enum.IsDefined(state)))
            throw RequestException.Invalid("states", "holds a state that no job has; allowed: " + string.Join(", ", Enum.GetValues<JobState>().Where(state => state != JobState.Unspecified)));
        IReadOnlyList<JobRecord> found = request.RequestId.Length > 0
            ? ByRequest(context.Tenant(), RequestFields.RequestId("request_id", request.RequestId), states)
            : store.List(context.Tenant(), after, states, size + 1);
        (IReadOnlyList<JobRecord> page, string token) = Pages.Cut(found, size, job => job.Id);
        return Task.FromResult(new ListJobsResponse { Jobs = { page.Select(job => Message(manager.Describe(job))) }, NextPageToken = token });
    }

    public override Task<CancelJobResponse> CancelJob(CancelJobRequest request, ServerCallContext context)
    {
        string id = RequestFields.Id("job_id", JobMessages.What, request.JobId);
        JobSnapshot snapshot = manager.Cancel(context.Tenant(), id, new JobError { Code = (int)StatusCode.Cancelled, Message = "cancelled with CancelJob" })
            ?? throw RequestFields.NotFound(JobMessages.What, id);
        return Task.FromResult(new CancelJobResponse { Job = Message(snapshot) });
    }

    private JobRecord[] ByRequest(string tenant, string requestId, JobState[] states) =>
        store.FindByRequest(tenant, requestId) is { } job && (states.Length == 0 || states.Contains(job.State)) ? [job] : [];

    private Job Message(JobSnapshot snapshot) => JobMessages.Of(snapshot, store.Expires(snapshot.Record));
}
