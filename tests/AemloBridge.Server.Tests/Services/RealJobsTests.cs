using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services;

/// <summary>The services with the real job manager and real worker processes.</summary>
public sealed class RealJobsTests
{
    [Fact]
    public async Task Oversample_OfUploadedRows_StreamsTheRecipeOfALocalRunByteForByte()
    {
        await using ServiceHost host = await StartAsync();
        string digest = await UploadAsync(host);

        List<JobEvent> events = await host.JobCalls().Oversample(Request(digest, JobData.Small)).RestAsync();

        Assert.NotNull(events[0].Accepted);
        Assert.Contains(events, happened => happened.Started is not null);
        Assert.Contains(events, happened => happened.Progress is { Device: "cpu" });
        Assert.Equal(30ul, events[^1].Report.MadeRows);
        OversamplingResult local = AemloOversampler.Run(JobData.Rows, JobData.Small, null, TestContext.Current.CancellationToken);
        Assert.Equal(JobData.Bytes(local.Recipe, JobData.Rows), JobCalls.Recipe(events));
    }

    [Fact]
    public async Task Oversample_Repeated_GivesTheSameResultOfOneJob()
    {
        await using ServiceHost host = await StartAsync();
        OversampleRequest request = Request(await UploadAsync(host), JobData.Small with { Seed = null });
        request.Control = new JobControl { RequestId = "once" };

        List<JobEvent> first = await host.JobCalls().Oversample(request).RestAsync();
        List<JobEvent> second = await host.JobCalls().Oversample(request).RestAsync();
        List<JobEvent> watched = await host.JobCalls().WatchJob(new WatchJobRequest { JobId = first[0].Accepted.JobId }).RestAsync();

        Assert.Equal((first[0].Accepted.JobId, first[0].Accepted.Seed, true), (second[0].Accepted.JobId, second[0].Accepted.Seed, second[0].Accepted.Joined));
        Assert.Equal(JobCalls.Recipe(first), JobCalls.Recipe(second));
        Assert.Equal(JobCalls.Recipe(first), JobCalls.Recipe(watched));
        Assert.Equal(first[^1], watched[^1]);
        Assert.Single((await host.JobCalls().ListJobsAsync(new ListJobsRequest())).Jobs);
    }

    [Fact]
    public async Task Train_ThenGenerateDownloadAndUpload_GoTogether()
    {
        await using ServiceHost host = await StartAsync();
        string digest = await UploadAsync(host);
        string modelId = await TrainAsync(host, digest);

        Model model = Assert.Single((await host.Models().ListModelsAsync(new ListModelsRequest())).Models);
        Assert.Equal((modelId, digest, "mine"), (model.Id, model.DatasetDigest, model.Name));
        byte[] file = await Samples.DownloadAsync(host.Models(), modelId);
        Assert.Equal((ulong)file.Length, model.ByteCount);
        Model copy = (await Samples.UploadAsync(host.Models("b"), file)).Model;
        Assert.Equal((model.Sha256, model.Method, model.SeedRowCount), (copy.Sha256, copy.Method, copy.SeedRowCount));

        byte[] mine = await GenerateAsync(host, "a", modelId);
        Assert.NotEmpty(mine);
        Assert.Equal(mine, await GenerateAsync(host, "b", copy.Id));
    }

    [Fact]
    public async Task Oversample_LeftByItsClient_FreesTheWorkerForTheNext()
    {
        await using ServiceHost host = await StartAsync();
        string digest = await UploadAsync(host);
        string id;
        using (AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(Request(digest, JobData.Endless)))
        {
            id = (await call.NextAsync()).Accepted.JobId;
            while ((await call.NextAsync()).Progress is null)
            {
            }
        }

        Assert.Equal(30ul, (await host.JobCalls().Oversample(Request(digest, JobData.Small)).RestAsync())[^1].Report.MadeRows);
        Job job = (await host.JobCalls().GetJobAsync(new GetJobRequest { JobId = id })).Job;
        Assert.Equal((JobState.Cancelled, (int)StatusCode.Cancelled), (job.State, job.Error.Code));
    }

    [Fact]
    public async Task CancelJob_OfARunningOne_EndsEveryStreamOfIt()
    {
        await using ServiceHost host = await StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(Request(await UploadAsync(host), JobData.Endless));
        string id = (await call.NextAsync()).Accepted.JobId;
        using AsyncServerStreamingCall<WatchJobResponse> watch = host.JobCalls().WatchJob(new WatchJobRequest { JobId = id });
        while ((await watch.NextAsync()).Progress is null)
        {
        }

        await host.JobCalls().CancelJobAsync(new CancelJobRequest { JobId = id });

        await StatusAssert.FailsAsync(StatusCode.Cancelled, Reasons.JobCancelled, call.RestAsync);
        await StatusAssert.FailsAsync(StatusCode.Cancelled, Reasons.JobCancelled, watch.RestAsync);
        Assert.Equal(JobState.Cancelled, (await host.JobCalls().CancelJobAsync(new CancelJobRequest { JobId = id })).Job.State);
    }

    [Fact]
    public async Task Oversample_ThatNeedsTooMuchMemory_IsRefusedBeforeItIsAccepted()
    {
        await using ServiceHost host = await StartAsync();
        string digest = await UploadAsync(host);

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.JobTooBig, host.JobCalls().Oversample(Request(digest, JobData.Small with { Hidden = 65536, Latent = 65536, Layers = 16 })).RestAsync);

        Assert.Empty((await host.JobCalls().ListJobsAsync(new ListJobsRequest())).Jobs);
    }

    private static Task<ServiceHost> StartAsync() => ServiceHost.StartAsync(engine: services => services.AddEmbeddedStorage().AddJobs());

    private static async Task<string> UploadAsync(ServiceHost host) => (await Samples.UploadAsync(host.Datasets(), JobData.Rows, maxBytes: 100_000)).Dataset.Digest;

    private static OversampleRequest Request(string digest, AemloOptions options) => new() { DatasetDigest = digest, Method = MethodContract.ToMessage(options) };

    private static async Task<string> TrainAsync(ServiceHost host, string digest)
    {
        using AsyncServerStreamingCall<TrainResponse> call = host.JobCalls().Train(new TrainRequest { DatasetDigest = digest, ModelName = "mine", Method = MethodContract.ToMessage(JobData.Small) });
        JobEvent? last = null;
        await foreach (TrainResponse response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            last = response.Event;
        return last!.Report.ModelId;
    }

    private static async Task<byte[]> GenerateAsync(ServiceHost host, string tenant, string modelId)
    {
        using AsyncServerStreamingCall<GenerateResponse> call = host.JobCalls(tenant).Generate(new GenerateRequest
        {
            ModelId = modelId,
            Method = new MethodSpec { Options = { ["num"] = "7", ["seed"] = "3", ["threads"] = "1", ["device"] = "cpu" } },
        });
        var events = new List<JobEvent>();
        await foreach (GenerateResponse response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            events.Add(response.Event);
        Assert.Equal(7ul, events[^1].Report.MadeRows);
        return JobCalls.Recipe(events);
    }
}
