using System.Diagnostics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>Attempts at jobs that go on at the edges: errors of the server, ends that meet, workers that hang.</summary>
public class JobRunTests
{
    private static readonly JobError Why = JobErrors.Of(StatusCode.Cancelled, "asked for");

    [Fact]
    public async Task Run_AnErrorOfTheServer_FailsTheJobAndReplacesTheWorker()
    {
        int runs = 0;
        var workers = new ScriptedWorkers((worker, command) =>
        {
            if (Interlocked.Increment(ref runs) == 1)
                throw new InvalidOperationException("not expected");
            if (command.Run is { } job)
                worker.Succeed(job);
            return Task.CompletedTask;
        });
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(workers));
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal((JobState.Failed, (int)StatusCode.Internal), (job.State, job.Error!.Code));
        Assert.DoesNotContain("not expected", job.Error.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(fixture.Submit())).State);
        Assert.Equal(2, workers.Asked.Count);
    }

    [Fact]
    public async Task Run_ATimeLimitLongerThanAnyTimer_Runs()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(
            options => options with { Limits = options.Limits with { MaxJobTime = TimeSpan.Zero } },
            services => services.AddSingleton<IWorkerStarter>(Quick()));
        JobRecord job = fixture.Manager.Submit(fixture.Submission() with { TimeLimit = TimeSpan.FromDays(60) }).Job;
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(job)).State);
    }

    [Fact]
    public async Task Cancel_JustBeforeTheJobIsDone_LeavesTheWorkerToTheNext()
    {
        WatchedStore? store = null;
        RunJob? first = null;
        var workers = new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } job && first is not null)
                worker.Succeed(job);
            else if (command.Run is not null)
                worker.Started(first = command.Run);
            else
                worker.Succeed(first!);
            return Task.CompletedTask;
        });
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(workers).AddSingleton(new WorkerTimes { Cancel = TimeSpan.FromMilliseconds(50) });
        });
        // The end takes longer to write than a cancelled worker has.
        store!.Updating = job =>
        {
            if (job.HasEnded)
                Thread.Sleep(TimeSpan.FromMilliseconds(500));
        };
        JobRecord cancelled = fixture.Submit(), next = fixture.Submit();
        await fixture.AwaitAsync(cancelled, happened => happened.Started is not null);
        fixture.Manager.Cancel(cancelled.Tenant, cancelled.Id, Why);
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(cancelled)).State);
        Assert.Equal((JobState.Succeeded, 1), ((await fixture.EndAsync(next)).State, fixture.Jobs.Get(next.Tenant, next.Id)!.Attempts));
        Assert.Single(workers.Asked);
        Assert.DoesNotContain(fixture.Log.Events, logged => logged.Id.Id == 3007);
        Assert.Empty(Directory.GetFiles(fixture.Folder(cancelled), JobFiles.Cancel));
    }

    [Fact]
    public async Task Lost_AnAttempt_CountsItsTimeBeforeTheJobWaitsAgain()
    {
        WatchedStore? store = null;
        TimeSpan seen = TimeSpan.Zero;
        var workers = new ScriptedWorkers(async (worker, command) =>
        {
            if (command.Run is not { } job)
                return;
            if (job.Attempt > 1)
            {
                worker.Succeed(job);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
            worker.Die();
        });
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(workers);
        });
        store!.Updating = job =>
        {
            if (job.State == JobState.Queued)
                seen = fixture.Ledger.Find(job.Tenant, job.Id)!.TimeRun;
        };
        await fixture.EndAsync(fixture.Submit());
        Assert.InRange(seen, TimeSpan.FromMilliseconds(15), JobsFixture.Limit);
    }

    [Fact]
    public async Task Drain_AWorkerThatHangs_IsKilledAndTheJobIsLeftToTheNextStart()
    {
        bool hangs = true;
        var workers = new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } job)
            {
                worker.Started(job);
                if (!hangs)
                    worker.Succeed(job);
            }

            return Task.CompletedTask;
        })
        {
            Stuck = true,
        };
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services
            .AddSingleton<IWorkerStarter>(workers)
            .AddSingleton(new WorkerTimes { End = TimeSpan.FromSeconds(1) }));
        JobRecord job = fixture.Submit();
        await fixture.AwaitAsync(job, happened => happened.Started is not null);
        var watch = Stopwatch.StartNew();
        await fixture.Manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(JobsFixture.Limit, TestContext.Current.CancellationToken);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(60));
        JobRecord left = fixture.Jobs.Get(job.Tenant, job.Id)!;
        Assert.Equal((JobState.Queued, 0), (left.State, left.LostAttempts));
        hangs = false;
        await fixture.RestartAsync();
        Assert.Equal((JobState.Succeeded, 2), ((await fixture.EndAsync(job)).State, fixture.Jobs.Get(job.Tenant, job.Id)!.Attempts));
    }

    [Fact]
    public async Task Cancel_ARunningJob_IsOnTheDiskBeforeItIsAnswered()
    {
        var deaf = new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } job)
                worker.Started(job);
            return Task.CompletedTask;
        });
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(deaf));
        JobRecord job = fixture.Submit();
        await fixture.AwaitAsync(job, happened => happened.Started is not null);
        fixture.Manager.Cancel(job.Tenant, job.Id, Why);
        fixture.Manager.Cancel(job.Tenant, job.Id, JobErrors.Of(StatusCode.DeadlineExceeded, "again"));
        Assert.Equal(Why, new JobFolder(fixture.Folder(job)).ReadCancel());
    }

    [Theory]
    [InlineData(JobState.Running)]
    [InlineData(JobState.Queued)]
    public async Task Recover_AJobThatWasToEndWhenTheServerDied_IsCancelledWithoutAWorker(JobState state)
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(Quick()));
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        await fixture.RestartAsync(stopped =>
        {
            // As a server leaves it that was killed.
            stopped.Jobs.Update(job with { State = state, Ended = null });
            var folder = new JobFolder(stopped.Folder(job));
            File.Delete(folder.Report);
            folder.WriteCancel(Why);
        });
        JobRecord ended = await fixture.EndAsync(job);
        Assert.Equal((JobState.Cancelled, Why, job.Attempts), (ended.State, ended.Error, ended.Attempts));
        Assert.Empty(Directory.GetFiles(fixture.Folder(job)));
    }

    private static ScriptedWorkers Quick() => new((worker, command) =>
    {
        if (command.Run is { } job)
            worker.Succeed(job);
        return Task.CompletedTask;
    });
}
