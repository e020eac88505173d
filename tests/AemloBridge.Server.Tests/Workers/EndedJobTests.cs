using System.Diagnostics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>Jobs that are ended from outside: cancelled, out of time, left to the next start.</summary>
public class EndedJobTests
{
    private static readonly JobError Why = JobErrors.Of(StatusCode.Cancelled, "asked for");

    [Fact]
    public async Task Cancel_ARunningJob_EndsItAndKeepsTheWorkerForTheNext()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton(new WorkerTimes { Cancel = TimeSpan.FromMinutes(2) }));
        JobRecord job = fixture.Submit(JobData.Endless);
        JobRecord other = fixture.Submit();
        await fixture.AwaitAsync(job, happened => happened.Progress is not null);
        var watch = Stopwatch.StartNew();
        fixture.Manager.Cancel(job.Tenant, job.Id, Why);
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Cancelled, Why), (job.State, job.Error));
        // A step of this job takes milliseconds; a worker that had to be killed takes two minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Empty(Directory.GetFiles(fixture.Folder(job)));
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(other)).State);
        Assert.Single(fixture.Processes);
        // One that has ended stays as it is.
        Assert.Equal(Why, fixture.Manager.Cancel(job.Tenant, job.Id, JobErrors.Of(StatusCode.DeadlineExceeded, "again"))!.Record.Error);
    }

    [Fact]
    public async Task Cancel_AWaitingJob_EndsItAtOnce()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord running = fixture.Submit(JobData.Endless), waiting = fixture.Submit();
        await fixture.AwaitAsync(running, happened => happened.Started is not null);
        Assert.Equal(JobState.Cancelled, fixture.Manager.Cancel(waiting.Tenant, waiting.Id, Why)!.Record.State);
        Assert.Equal(JobState.Running, fixture.Manager.Get(running.Tenant, running.Id)!.Record.State);
        Assert.Null(fixture.Manager.Cancel("another", running.Id, Why));
        fixture.Manager.Cancel(running.Tenant, running.Id, Why);
        await fixture.EndAsync(running);
    }

    [Fact]
    public async Task Run_LongerThanItsTimeLimit_IsEnded()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        JobRecord job = fixture.Manager.Submit(fixture.Submission(JobData.Endless) with { TimeLimit = TimeSpan.FromSeconds(1) }).Job;
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Cancelled, (int)StatusCode.DeadlineExceeded), (job.State, job.Error!.Code));
        Assert.InRange((job.Ended - job.Started)!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Run_LongerThanTheServerAllows_IsEnded()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(options => options with { Limits = options.Limits with { MaxJobTime = TimeSpan.FromMilliseconds(500) } });
        JobRecord job = fixture.Manager.Submit(fixture.Submission(JobData.Endless) with { TimeLimit = TimeSpan.FromHours(1) }).Job;
        Assert.Equal((int)StatusCode.DeadlineExceeded, (await fixture.EndAsync(job)).Error!.Code);
    }

    [Fact]
    public async Task Cancel_AWorkerThatDoesNotAnswer_IsKilled()
    {
        var deaf = new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } job)
                worker.Started(job);
            return Task.CompletedTask;
        });
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services
            .AddSingleton<IWorkerStarter>(deaf)
            .AddSingleton(new WorkerTimes { Cancel = TimeSpan.FromMilliseconds(50) }));
        JobRecord job = fixture.Submit();
        await fixture.AwaitAsync(job, happened => happened.Started is not null);
        fixture.Manager.Cancel(job.Tenant, job.Id, Why);
        Assert.Equal((JobState.Cancelled, Why), ((await fixture.EndAsync(job)).State, Why));
        await JobsFixture.UntilAsync(() => deaf.Asked.Count == 2);
    }

    [Fact]
    public async Task Restart_WhileAJobRuns_GoesOnFromItsCheckpointToTheSameBytes()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord whole = await fixture.EndAsync(fixture.Submit(JobData.Small with { Epochs = 150 }));
        JobRecord job = fixture.Submit(JobData.Small with { Epochs = 150 }), waiting = fixture.Submit();
        await JobsFixture.UntilAsync(() => new JobFolder(fixture.Folder(job)).SavedEpochs > 5);
        IAsyncEnumerator<JobEvent> watcher = fixture.Manager.Watch(job.Tenant, job.Id, 0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        int worker = fixture.Processes[^1];
        await fixture.RestartAsync(stopped =>
        {
            Assert.False(JobsFixture.IsAlive(worker));
            Assert.Equal((JobState.Queued, 0), (stopped.Jobs.Get(job.Tenant, job.Id)!.State, stopped.Jobs.Get(job.Tenant, job.Id)!.LostAttempts));
        });
        RequestException stopping = await Assert.ThrowsAsync<RequestException>(async () =>
        {
            while (await watcher.MoveNextAsync())
            {
            }
        });
        Assert.Equal((StatusCode.Unavailable, Reasons.Stopping), (stopping.Code, stopping.Reason));

        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 2, 0), (job.State, job.Attempts, job.LostAttempts));
        Assert.InRange(job.AttemptEpochs, 6, 150);
        Assert.Equal(fixture.File(whole, JobFiles.Recipe), fixture.File(job, JobFiles.Recipe));
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(waiting)).State);
    }

    [Fact]
    public async Task Drain_WhileAJobRuns_LetsItEndAndStartsNoOther()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord job = fixture.Submit(JobData.Small with { Epochs = 40 }), waiting = fixture.Submit();
        await fixture.AwaitAsync(job, happened => happened.Progress is not null);
        await fixture.Manager.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(JobState.Succeeded, fixture.Jobs.Get(job.Tenant, job.Id)!.State);
        Assert.Equal(JobState.Queued, fixture.Jobs.Get(waiting.Tenant, waiting.Id)!.State);
        Assert.All(fixture.Processes, process => Assert.False(JobsFixture.IsAlive(process)));
    }
}
