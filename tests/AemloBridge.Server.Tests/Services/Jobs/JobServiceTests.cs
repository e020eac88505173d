using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Jobs;

public sealed class JobServiceTests
{
    private static readonly string Nobodys = new('e', 32);

    [Fact]
    public async Task GetJob_OfARunningOne_SaysEverything()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        JobAccepted accepted = await StartAsync(host, digest, "mine");
        host.Manager.Progress(accepted.JobId, 4);

        Job job = (await host.JobCalls().GetJobAsync(new GetJobRequest { JobId = accepted.JobId })).Job;

        Assert.Equal((accepted.JobId, JobKind.Oversample, JobState.Queued, "mine", digest), (job.Id, job.Kind, job.State, job.RequestId, job.DatasetDigest));
        Assert.Equal(4u, job.Progress.Epoch);
        Assert.Equal(("aemlo", "default", $"{accepted.Seed}", "50"), (job.Method.Method, job.Method.Preset, job.Method.Options["seed"], job.Method.Options["epochs"]));
        Assert.Null(job.Ended);
        Assert.Null(job.Expires);
    }

    [Fact]
    public async Task GetJob_OfAFailedOne_SaysWhyAndWhenItExpires()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        JobAccepted accepted = await StartAsync(host, await host.UploadSampleAsync());
        host.Manager.Fail(host.Job(accepted.JobId), new JobError { Code = 3, Message = "no rows" });

        Job job = (await host.JobCalls().GetJobAsync(new GetJobRequest { JobId = accepted.JobId })).Job;

        Assert.Equal((JobState.Failed, "no rows"), (job.State, job.Error.Message));
        Assert.True(job.Expires.ToDateTimeOffset() > job.Ended.ToDateTimeOffset());
    }

    [Fact]
    public async Task EveryCallOfAJob_ByAnotherTenant_IsNotFoundInTheWordsForNone()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        JobAccepted theirs = await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync("b"), Control = new JobControl { RequestId = "theirs", KeepRunning = true } }, "b");
        Func<string, Task>[] calls =
        [
            async id => await host.JobCalls().GetJobAsync(new GetJobRequest { JobId = id }),
            async id => await host.JobCalls().CancelJobAsync(new CancelJobRequest { JobId = id }),
            id => host.JobCalls().WatchJob(new WatchJobRequest { JobId = id }).RestAsync(),
        ];
        foreach (Func<string, Task> call in calls)
        {
            RpcException other = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(theirs.JobId));
            RpcException none = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(Nobodys));
            Assert.Equal(none.Status.Detail.Replace(Nobodys, "X", StringComparison.Ordinal), other.Status.Detail.Replace(theirs.JobId, "X", StringComparison.Ordinal));
            await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call("../jobs"));
            await StatusAssert.InvalidAsync("job_id", () => call(""));
        }

        Assert.Empty((await host.JobCalls().ListJobsAsync(new ListJobsRequest())).Jobs);
        Assert.Empty((await host.JobCalls().ListJobsAsync(new ListJobsRequest { RequestId = "theirs" })).Jobs);
        Assert.False(host.Jobs.Get("b", theirs.JobId)!.HasEnded);
    }

    [Fact]
    public async Task ListJobs_InPages_GivesEachOnceNewestFirst()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        var started = new List<string>();
        for (int number = 0; number < 5; number++)
            started.Add((await StartAsync(host, digest)).JobId);

        ListJobsResponse first = await host.JobCalls().ListJobsAsync(new ListJobsRequest { PageSize = 3 });
        ListJobsResponse second = await host.JobCalls().ListJobsAsync(new ListJobsRequest { PageSize = 3, PageToken = first.NextPageToken });

        DateTimeOffset[] created = [.. first.Jobs.Concat(second.Jobs).Select(job => job.Created.ToDateTimeOffset())];
        Assert.Equal(created.OrderDescending(), created);
        Assert.Equal(started.Order(StringComparer.Ordinal), first.Jobs.Concat(second.Jobs).Select(job => job.Id).Order(StringComparer.Ordinal));
        Assert.Equal((3, 2, ""), (first.Jobs.Count, second.Jobs.Count, second.NextPageToken));
    }

    [Fact]
    public async Task ListJobs_OfStatesOrARequest_LeavesOutTheOthers()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        JobAccepted failed = await StartAsync(host, digest, "failed");
        JobAccepted queued = await StartAsync(host, digest, "queued");
        host.Manager.Fail(host.Job(failed.JobId), new JobError { Code = 13, Message = "no" });

        Assert.Equal([queued.JobId], await IdsAsync(new ListJobsRequest { States = { JobState.Queued, JobState.Running } }));
        Assert.Equal([failed.JobId], await IdsAsync(new ListJobsRequest { States = { JobState.Failed } }));
        Assert.Equal([failed.JobId], await IdsAsync(new ListJobsRequest { RequestId = "failed" }));
        Assert.Empty(await IdsAsync(new ListJobsRequest { RequestId = "failed", States = { JobState.Queued } }));
        Assert.Empty(await IdsAsync(new ListJobsRequest { RequestId = "no such" }));

        async Task<IEnumerable<string>> IdsAsync(ListJobsRequest request) => (await host.JobCalls().ListJobsAsync(request)).Jobs.Select(job => job.Id);
    }

    [Fact]
    public async Task ListJobs_WithABadField_NamesIt()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.InvalidAsync("states", async () => await host.JobCalls().ListJobsAsync(new ListJobsRequest { States = { JobState.Unspecified } }));
        await StatusAssert.InvalidAsync("states", async () => await host.JobCalls().ListJobsAsync(new ListJobsRequest { States = { (JobState)77 } }));
        await StatusAssert.InvalidAsync("page_size", async () => await host.JobCalls().ListJobsAsync(new ListJobsRequest { PageSize = 5000 }));
        await StatusAssert.InvalidAsync("page_token", async () => await host.JobCalls().ListJobsAsync(new ListJobsRequest { PageToken = "abc" }));
        await StatusAssert.InvalidAsync("request_id", async () => await host.JobCalls().ListJobsAsync(new ListJobsRequest { RequestId = new string('x', 129) }));
    }

    [Fact]
    public async Task CancelJob_OfAnEndedOne_LeavesItAsItIs()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        JobAccepted accepted = await StartAsync(host, await host.UploadSampleAsync());
        host.Manager.Succeed(host.Job(accepted.JobId));

        Assert.Equal(JobState.Succeeded, (await host.JobCalls().CancelJobAsync(new CancelJobRequest { JobId = accepted.JobId })).Job.State);
    }

    private static Task<JobAccepted> StartAsync(ServiceHost host, string digest, string requestId = "") =>
        host.AcceptedAsync(new OversampleRequest { DatasetDigest = digest, Control = new JobControl { RequestId = requestId, KeepRunning = true } });
}
