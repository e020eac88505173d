using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

public class SubmitTests
{
    private readonly ScriptedWorkers _idle = new((_, _) => Task.CompletedTask);

    [Fact]
    public async Task Submit_ANewJob_IsInTheStoreWithEveryOption()
    {
        await using JobsFixture fixture = await StartAsync();
        (JobRecord job, bool joined) = fixture.Manager.Submit(fixture.Submission(JobData.Small with { Latent = 9 }) with { RequestId = "r", KeepRunning = true, TimeLimit = TimeSpan.FromHours(1) });
        Assert.False(joined);
        JobRecord stored = fixture.Jobs.Get(JobsFixture.Tenant, job.Id)!;
        Assert.Equal(("r", "hash", true, TimeSpan.FromHours(1)), (stored.RequestId, stored.RequestHash, stored.KeepRunning, stored.TimeLimit));
        Assert.Equal(JobData.Small with { Latent = 9 }, Protocol.MethodContract.FromValues(stored.Options));
        Assert.InRange(stored.MemoryEstimate, 1 << 20, 1L << 30);
        Assert.Null(fixture.Manager.Get("another", job.Id));
    }

    [Fact]
    public async Task Submit_TheSameRequestAgain_JoinsAndAnotherOneIsRefused()
    {
        await using JobsFixture fixture = await StartAsync();
        JobSubmission first = fixture.Submission() with { RequestId = "r" };
        string id = fixture.Manager.Submit(first).Job.Id;
        Assert.Equal((id, true), (fixture.Manager.Submit(first).Job.Id, fixture.Manager.Submit(first).Joined));
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Manager.Submit(first with { RequestHash = "other" }));
        Assert.Equal((StatusCode.AlreadyExists, Reasons.RequestIdReused), (refusal.Code, refusal.Reason));
        Assert.NotEqual(id, fixture.Manager.Submit(fixture.Submission(tenant: "another") with { RequestId = "r" }).Job.Id);
    }

    [Fact]
    public async Task Submit_ManyTimesAtOnceWithOneRequestId_MakesOneJob()
    {
        await using JobsFixture fixture = await StartAsync();
        JobSubmission submission = fixture.Submission() with { RequestId = "r" };
        (JobRecord Job, bool Joined)[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => fixture.Manager.Submit(submission))));
        Assert.Single(all.Select(one => one.Job.Id).Distinct());
        Assert.Single(all, one => !one.Joined);
    }

    [Fact]
    public async Task Submit_TheQueueIsFull_IsRefusedWithATimeToTryAgain()
    {
        await using JobsFixture fixture = await StartAsync(new QueueSize(Queued: 3, PerTenant: 2));
        JobRecord running = fixture.Submit();
        await JobsFixture.UntilAsync(() => fixture.Manager.Get(JobsFixture.Tenant, running.Id)!.Record.State == JobState.Running);
        JobSubmission again = fixture.Submission() with { RequestId = "r" };
        fixture.Manager.Submit(again);
        fixture.Submit();

        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit());
        Assert.Equal((StatusCode.ResourceExhausted, Reasons.QueueFull), (refusal.Code, refusal.Reason));
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Contains("one tenant", refusal.Message, StringComparison.Ordinal);
        fixture.Manager.Submit(fixture.Submission(tenant: "another"));
        refusal = Assert.Throws<RequestException>(() => fixture.Manager.Submit(fixture.Submission(tenant: "third")));
        Assert.Equal(Reasons.QueueFull, refusal.Reason);
        // A repeat takes no place of its own.
        Assert.True(fixture.Manager.Submit(again).Joined);
        Assert.Equal([0, 1, 2], fixture.Jobs.Unfinished().Where(job => job.Id != running.Id).Select(job => fixture.Manager.Describe(job).QueuePosition).Order());
    }

    [Fact]
    public async Task Submit_MoreMemoryThanThereIs_IsRefusedForGood()
    {
        await using JobsFixture fixture = await StartAsync();
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit(JobData.Small with { Hidden = 65536, Latent = 65536 }));
        Assert.Equal((StatusCode.ResourceExhausted, Reasons.JobTooBig, null), (refusal.Code, refusal.Reason, refusal.RetryAfter));
        Assert.Contains("hidden", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Jobs.Unfinished());
    }

    [Fact]
    public async Task Submit_ForAGpuWhereThereIsNone_IsRefused()
    {
        await using JobsFixture fixture = await StartAsync();
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("cpu", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ForAGpuBeforeTheDevicesAreKnown_FailsTheJobOnceTheyAre()
    {
        _idle.Refuse = _ => "not yet";
        await using JobsFixture fixture = await StartAsync();
        JobRecord job = fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda });
        _idle.Refuse = _ => null;
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Failed, (int)StatusCode.FailedPrecondition), (job.State, job.Error!.Code));
    }

    [Fact]
    public async Task Submit_WhileStopping_IsRefused()
    {
        await using JobsFixture fixture = await StartAsync();
        JobSubmission submission = fixture.Submission();
        await fixture.Manager.DrainAsync(TestContext.Current.CancellationToken);
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Manager.Submit(submission));
        Assert.Equal((StatusCode.Unavailable, Reasons.Stopping), (refusal.Code, refusal.Reason));
    }

    [Fact]
    public async Task Submit_WhenNoWorkerStarts_FailsWhatWaitsAndRefusesWhatComes()
    {
        _idle.Refuse = _ => "libtorch is not there";
        var quick = new WorkerTimes { FirstPause = TimeSpan.FromMilliseconds(30), LongestPause = TimeSpan.FromMilliseconds(30), PatientTries = 3 };
        await using JobsFixture fixture = await JobsFixture.StartAsync(options => options with { WorkerPatience = TimeSpan.FromMilliseconds(200) }, services => services.AddSingleton<IWorkerStarter>(_idle).AddSingleton(quick));
        JobRecord? job = null;
        try
        {
            job = fixture.Submit();
        }
        catch (RequestException early)
        {
            // On a slow machine the tries are over before the first job comes.
            Assert.Equal(StatusCode.Unavailable, early.Code);
        }

        if (job is not null)
        {
            job = await fixture.EndAsync(job);
            Assert.Equal((JobState.Failed, (int)StatusCode.Unavailable), (job.State, job.Error!.Code));
            Assert.Contains("libtorch is not there", job.Error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(ScriptedWorkers.Detail, job.Error.Message, StringComparison.Ordinal);
        }

        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit());
        Assert.Equal(StatusCode.Unavailable, refusal.Code);
        Assert.DoesNotContain(ScriptedWorkers.Detail, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(fixture.Log.Events, logged => logged.Message.Contains(ScriptedWorkers.Detail, StringComparison.Ordinal));
        _idle.Refuse = _ => null;
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        fixture.Submit();
    }

    [Fact]
    public async Task Start_ServerWithThreeGpus_HasAWorkerForEach()
    {
        var gpus = new ScriptedWorkers((_, _) => Task.CompletedTask)
        {
            Ready = device => new WorkerReady { Device = device == "auto" ? "cuda:0" : device, GpuCount = device == "auto" ? 3U : 1U, MemoryTotalBytes = 80UL << 30 },
        };
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(gpus));
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices.Count(device => device.Ready) == 3);
        Assert.Equal(["cuda:0", "cuda:1", "cuda:2"], fixture.Manager.Devices.Select(device => device.Name).Order());
        fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda });
    }

    private Task<JobsFixture> StartAsync(QueueSize? limits = null) => JobsFixture.StartAsync(
        options => limits is null ? options : options with { Limits = options.Limits with { MaxQueuedJobs = limits.Queued, MaxQueuedJobsPerTenant = limits.PerTenant } },
        services => services.AddSingleton<IWorkerStarter>(_idle));

    private sealed record QueueSize(int Queued, int PerTenant);
}
