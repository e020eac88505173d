using System.Collections.Concurrent;
using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>Workers that are up and are replaced all the same.</summary>
public class ReplacedWorkerTests
{
    private readonly ConcurrentQueue<ScriptedWorker> _used = [];

    [Theory]
    [InlineData(StatusCode.Internal, true)]
    [InlineData(StatusCode.FailedPrecondition, true)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.ResourceExhausted, false)]
    public async Task Fail_ByAnErrorOfTheServer_GivesTheNextJobANewWorker(StatusCode code, bool replaced)
    {
        var failed = new ConcurrentDictionary<ScriptedWorker, bool>();
        ScriptedWorkers workers = Workers((worker, job) =>
        {
            // As a GPU's worker after an illegal access: whatever comes later fails too.
            if (job.Spec.Options["epochs"] == "9" || (replaced && failed.ContainsKey(worker)))
            {
                failed[worker] = true;
                worker.Say(new WorkerEvent { Failed = new RunFailed { JobId = job.Spec.JobId, Error = new JobError { Code = (int)code, Message = "broken" } } });
            }
            else
            {
                worker.Succeed(job);
            }
        });
        await using JobsFixture fixture = await StartAsync(workers, new WorkerTimes());
        JobRecord[] jobs = [fixture.Submit(JobData.Small with { Epochs = 9 }), fixture.Submit(), fixture.Submit()];
        JobRecord broken = await fixture.EndAsync(jobs[0]);
        Assert.Equal((JobState.Failed, (int)code, 1), (broken.State, broken.Error!.Code, broken.Attempts));
        foreach (JobRecord job in jobs[1..])
            Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(job)).State);
        ScriptedWorker[] used = [.. _used];
        Assert.Equal(3, used.Length);
        Assert.Equal(replaced, used[0] != used[1]);
        Assert.Same(used[1], used[2]);
        Assert.Equal(replaced, fixture.Log.Events.Any(logged => logged.Id.Id == 3021));
    }

    [Fact]
    public async Task Idle_AfterAJobOnAGpu_ReplacesTheWorkerOnce()
    {
        ScriptedWorkers workers = Workers((worker, job) => worker.Succeed(job));
        await using JobsFixture fixture = await StartAsync(workers, new WorkerTimes { IdleGpu = TimeSpan.FromMilliseconds(30) });
        JobRecord first = await fixture.EndAsync(fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
        await JobsFixture.UntilAsync(() => workers.Asked.Count == 2);
        // The new one has used nothing yet: it stays, however long it waits, and a job for the CPU changes nothing.
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        JobRecord second = await fixture.EndAsync(fixture.Submit());
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.Equal((JobState.Succeeded, JobState.Succeeded, 2), (first.State, second.State, workers.Asked.Count));
        Assert.Single(fixture.Log.Events, logged => logged.Id.Id == 3022);
    }

    [Fact]
    public async Task Idle_NotForLong_KeepsTheWorkerOfAGpu()
    {
        ScriptedWorkers workers = Workers((worker, job) => worker.Succeed(job));
        await using JobsFixture fixture = await StartAsync(workers, new WorkerTimes { IdleGpu = TimeSpan.FromHours(1) });
        for (int count = 0; count < 3; count++)
            await fixture.EndAsync(fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
        Assert.Single(workers.Asked);
        Assert.Single(_used.Distinct());
    }

    [Fact]
    public async Task Idle_WhileJobsComeAtTheSameMoment_LosesNone()
    {
        ScriptedWorkers workers = Workers((worker, job) => worker.Succeed(job));
        await using JobsFixture fixture = await StartAsync(workers, new WorkerTimes { IdleGpu = TimeSpan.FromMilliseconds(1) });
        for (int count = 0; count < 40; count++)
        {
            JobRecord job = await fixture.EndAsync(fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
            Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempts));
            await Task.Delay(count % 3, TestContext.Current.CancellationToken);
        }
    }

    private ScriptedWorkers Workers(Action<ScriptedWorker, RunJob> run) => new((worker, command) =>
    {
        if (command.Run is { } job)
        {
            _used.Enqueue(worker);
            run(worker, job);
        }

        return Task.CompletedTask;
    })
    {
        Ready = device => new WorkerReady { Device = device, GpuCount = 1, MemoryTotalBytes = 80UL << 30 },
    };

    private static Task<JobsFixture> StartAsync(ScriptedWorkers workers, WorkerTimes times) => JobsFixture.StartAsync(
        options => options with { Devices = ["cuda:0"] },
        services => services.AddSingleton<IWorkerStarter>(workers).AddSingleton(times));
}
