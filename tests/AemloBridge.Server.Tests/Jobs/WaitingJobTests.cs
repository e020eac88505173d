using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>Jobs that wait for a device that is not there, or not up.</summary>
public class WaitingJobTests
{
    private static readonly WorkerTimes Quick = new() { FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(20), PatientTries = 2 };

    private readonly ScriptedWorkers _workers = new((worker, command) =>
    {
        if (command.Run is { } job)
            worker.Succeed(job);
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    public async Task Recover_AJobForAGpuThatIsGone_Fails(string devices)
    {
        await using JobsFixture fixture = await StartAsync([devices], fixture => fixture.Left(job => job with
        {
            State = JobState.Queued,
            Options = Protocol.MethodContract.ToValues(JobData.Small with { Device = DeviceKind.Cuda }),
        }));
        JobRecord job = await EndAsync(fixture);
        Assert.Equal((JobState.Failed, (int)StatusCode.FailedPrecondition), (job.State, job.Error!.Code));
        Assert.Contains("cpu", job.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    public async Task Recover_AJobHalfwayOnAGpuThatIsGone_BeginsAnewOnTheCpu(string devices)
    {
        await using JobsFixture fixture = await StartAsync([devices], fixture =>
        {
            JobRecord left = fixture.Left(job => job with
            {
                Device = "cuda:0",
                Options = Protocol.MethodContract.ToValues(JobData.Small with { Device = DeviceKind.Auto }),
            });
            JobData.WriteCheckpoint(fixture.Folder(left), 2);
        });
        JobRecord job = await EndAsync(fixture);
        Assert.Equal((JobState.Succeeded, "cpu", 0), (job.State, job.Device, job.AttemptEpochs));
    }

    [Fact]
    public async Task Recover_AJobHalfwayOnAGpuThatIsThere_WaitsForItWithItsCheckpoint()
    {
        _workers.Refuse = device => device == "cuda:0" ? "busy" : null;
        await using JobsFixture fixture = await StartAsync(["cpu", "cuda:0"], fixture =>
        {
            JobRecord left = fixture.Left(job => job with { Device = "cuda:0" });
            JobData.WriteCheckpoint(fixture.Folder(left), 2);
        });
        await JobsFixture.UntilAsync(() => _workers.Asked.Count(device => device == "cuda:0") > 4);
        Assert.Equal(JobState.Queued, fixture.Manager.Get(JobsFixture.Tenant, "left")!.Record.State);
        _workers.Refuse = _ => null;
        JobRecord job = await EndAsync(fixture);
        Assert.Equal((JobState.Succeeded, "cuda:0", 2), (job.State, job.Device, job.AttemptEpochs));
    }

    [Fact]
    public async Task Wait_WhileNoWorkerStarts_KeepsTheJobAndRefusesNewOnes()
    {
        _workers.Refuse = _ => "not yet";
        await using JobsFixture fixture = await StartAsync(["cpu"], fixture => fixture.Left(job => job with { State = JobState.Queued }));
        await JobsFixture.UntilAsync(() => _workers.Asked.Count > 2 * Quick.PatientTries);
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit());
        Assert.Equal(StatusCode.Unavailable, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
        Assert.Equal(JobState.Queued, fixture.Manager.Get(JobsFixture.Tenant, "left")!.Record.State);
        _workers.Refuse = _ => null;
        Assert.Equal(JobState.Succeeded, (await EndAsync(fixture)).State);
    }

    [Fact]
    public async Task Submit_ForAGpuWithoutAWorkerBesideACpuWithOne_IsRefusedForNow()
    {
        _workers.Refuse = device => device == "cuda:0" ? "busy" : null;
        await using JobsFixture fixture = await StartAsync(["cpu", "cuda:0"]);
        await JobsFixture.UntilAsync(() => _workers.Asked.Count(device => device == "cuda:0") > Quick.PatientTries);
        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
        Assert.Equal(StatusCode.Unavailable, refusal.Code);
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(fixture.Submit())).State);
    }

    private static Task<JobRecord> EndAsync(JobsFixture fixture) => fixture.EndAsync(fixture.Manager.Get(JobsFixture.Tenant, "left")!.Record);

    private Task<JobsFixture> StartAsync(string[] devices, Action<JobsFixture>? before = null) => JobsFixture.StartAsync(
        options => options with { Devices = devices },
        services => services.AddSingleton<IWorkerStarter>(_workers).AddSingleton(Quick),
        before);
}
