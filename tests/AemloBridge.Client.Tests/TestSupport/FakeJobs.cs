using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>One call that streams a job's events, as a test's script sees it.</summary>
/// <param name="Control">How the job was asked for; null for a call that watches.</param>
/// <param name="Watch">What is watched; null for a call that starts.</param>
/// <param name="Write">Sends an event.</param>
/// <param name="Context">The call.</param>
internal sealed record FakeJobCall(JobControl? Control, WatchJobRequest? Watch, Func<JobEvent, Task> Write, ServerCallContext Context)
{
    /// <summary>Drops the connection, with whatever of what was written has not gone yet.</summary>
    public void Drop() => Context.GetHttpContext().Abort();

    /// <summary>Waits until the client has gone.</summary>
    public async Task WaitForEndAsync()
    {
        var gone = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = Context.CancellationToken.Register(gone.SetResult);
        await gone.Task;
    }
}

/// <summary>Runs one script a call, in their order; the last one again and again.</summary>
internal sealed class FakeJobs : JobService.JobServiceBase
{
    private readonly Lock _lock = new();

    public List<Func<FakeJobCall, Task>> Scripts { get; } = [];

    public List<FakeJobCall> Calls { get; } = [];

    public List<Google.Protobuf.IMessage> Requests { get; } = [];

    public List<string> Cancelled { get; } = [];

    /// <summary>What lists hold.</summary>
    public List<Job> Jobs { get; } = [];

    public override Task Oversample(OversampleRequest request, IServerStreamWriter<OversampleResponse> responseStream, ServerCallContext context) =>
        PlayAsync(request, new FakeJobCall(request.Control, null, happened => responseStream.WriteAsync(new OversampleResponse { Event = happened }), context));

    public override Task Train(TrainRequest request, IServerStreamWriter<TrainResponse> responseStream, ServerCallContext context) =>
        PlayAsync(request, new FakeJobCall(request.Control, null, happened => responseStream.WriteAsync(new TrainResponse { Event = happened }), context));

    public override Task Generate(GenerateRequest request, IServerStreamWriter<GenerateResponse> responseStream, ServerCallContext context) =>
        PlayAsync(request, new FakeJobCall(request.Control, null, happened => responseStream.WriteAsync(new GenerateResponse { Event = happened }), context));

    public override Task WatchJob(WatchJobRequest request, IServerStreamWriter<WatchJobResponse> responseStream, ServerCallContext context) =>
        PlayAsync(request, new FakeJobCall(null, request, happened => responseStream.WriteAsync(new WatchJobResponse { Event = happened }), context));

    public override Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJobResponse { Job = Jobs.FirstOrDefault(job => job.Id == request.JobId) ?? throw new RpcException(new Status(StatusCode.NotFound, $"there is no job '{request.JobId}'")) });

    public override Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        var answer = new ListJobsResponse();
        lock (_lock)
            answer.Jobs.AddRange(Jobs.Where(job => request.RequestId.Length == 0 || job.RequestId == request.RequestId));
        return Task.FromResult(answer);
    }

    public override Task<CancelJobResponse> CancelJob(CancelJobRequest request, ServerCallContext context)
    {
        lock (_lock)
            Cancelled.Add(request.JobId);
        return Task.FromResult(new CancelJobResponse { Job = new Job { Id = request.JobId, State = JobState.Cancelled } });
    }

    private Task PlayAsync(Google.Protobuf.IMessage request, FakeJobCall call)
    {
        lock (_lock)
        {
            Requests.Add(request);
            Calls.Add(call);
            return Scripts[Math.Min(Calls.Count, Scripts.Count) - 1](call);
        }
    }
}
