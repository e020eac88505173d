using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>What counts against a job when its worker is lost, with workers that a test lets die.</summary>
public class LostWorkerTests
{
    [Fact]
    public async Task Lost_TwiceWithoutACheckpoint_FailsWithHowTheWorkerEndedAndKeepsItsWordsToTheLog()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) => worker.Die(signal: 6, words: "terminate called"));
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal((JobState.Failed, 2, 2, (int)StatusCode.Internal), (job.State, job.Attempts, job.LostAttempts, job.Error!.Code));
        Assert.Contains("SIGABRT", job.Error.Message, StringComparison.Ordinal);
        Assert.Contains("two attempts", job.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("terminate called", job.Error.Message, StringComparison.Ordinal);
        await JobsFixture.UntilAsync(() => fixture.Log.Events.Any(logged => logged.Id.Id == 3003 && logged.Message.Contains("terminate called", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Lost_AfterANewCheckpointEachTime_SpendsNothing()
    {
        const int Losses = 6;
        await using JobsFixture fixture = await StartAsync((worker, job) =>
        {
            if (job.Attempt > Losses)
            {
                worker.Succeed(job);
                return;
            }

            JobData.WriteCheckpoint(job.Folder, (int)job.Attempt);
            worker.Die();
        });
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal((JobState.Succeeded, Losses + 1, 0, Losses), (job.State, job.Attempts, job.LostAttempts, job.AttemptEpochs));
        Assert.False(File.Exists(Path.Combine(fixture.Folder(job), JobFiles.Checkpoint)));
    }

    [Fact]
    public async Task Lost_OnceWithoutAndThenWithAndAgainWithout_FailsAtTheSecondWithout()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) =>
        {
            if (job.Attempt == 2)
                JobData.WriteCheckpoint(job.Folder, 1);
            worker.Die();
        });
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal((JobState.Failed, 3, 2), (job.State, job.Attempts, job.LostAttempts));
    }

    [Fact]
    public async Task Lost_AfterTheReportWasWritten_IsDone()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) =>
        {
            new JobFolder(job.Folder).WriteReport(new JobReport { JobId = job.Spec.JobId });
            worker.Die();
        });
        JobRecord job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempts));
    }

    [Fact]
    public async Task Lost_AJobAmongOthers_IsTakenUpFirst()
    {
        var order = new List<string>();
        var submitted = new TaskCompletionSource();
        await using JobsFixture fixture = await StartAsync((worker, job) =>
        {
            order.Add(job.Spec.JobId);
            if (order.Count == 1)
                submitted.Task.ContinueWith(_ => worker.Die(), TaskScheduler.Default);
            else
                worker.Succeed(job);
        });
        JobRecord[] jobs = [.. Enumerable.Range(0, 3).Select(_ => fixture.Submit())];
        submitted.SetResult();
        foreach (JobRecord job in jobs)
            await fixture.EndAsync(job);
        Assert.Equal([jobs[0].Id, jobs[0].Id, jobs[1].Id, jobs[2].Id], order);
    }

    [Fact]
    public async Task Watch_AJobThatIsTakenUpAgain_TellsBothAttempts()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) =>
        {
            worker.Started(job, (int)job.Attempt - 1);
            if (job.Attempt == 1)
            {
                JobData.WriteCheckpoint(job.Folder, 1);
                worker.Die();
                return;
            }

            worker.Succeed(job);
        });
        JobRecord job = fixture.Submit();
        var starts = new List<JobStarted>();
        await foreach (JobEvent happened in fixture.Manager.Watch(job.Tenant, job.Id, 0, TestContext.Current.CancellationToken))
        {
            if (happened.Started is { } started)
                starts.Add(started);
        }

        Assert.Equal((2U, 1U, "cpu"), (starts[^1].Attempt, starts[^1].ResumedEpochs, starts[^1].Device));
    }

    [Theory]
    [InlineData(0, JobState.Succeeded, 1)]
    [InlineData(1, JobState.Failed, 2)]
    public async Task Recover_AJobThatRanWhenTheServerDied_CountsAsALoss(int lostBefore, JobState expected, int lost)
    {
        await using JobsFixture fixture = await StartAsync((worker, job) => worker.Succeed(job));
        JobRecord job = Ran(fixture, lostBefore);
        await fixture.RestartAsync();
        job = await fixture.EndAsync(job);
        Assert.Equal((expected, lost), (job.State, job.LostAttempts));
    }

    [Fact]
    public async Task Recover_AJobWithANewCheckpoint_GoesOnWithoutALoss()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) => worker.Succeed(job));
        JobRecord job = Ran(fixture, lostBefore: 1);
        JobData.WriteCheckpoint(fixture.Folder(job), 2);
        await fixture.RestartAsync();
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 2, 1, 2), (job.State, job.Attempts, job.LostAttempts, job.AttemptEpochs));
    }

    [Fact]
    public async Task Recover_AJobWhoseReportIsThere_IsDoneWithoutAWorker()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) => worker.Die());
        JobRecord job = Ran(fixture, lostBefore: 1);
        new JobFolder(fixture.Folder(job)).WriteReport(new JobReport { JobId = job.Id });
        await fixture.RestartAsync();
        job = fixture.Manager.Get(job.Tenant, job.Id)!.Record;
        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempts));
    }

    [Fact]
    public async Task Recover_AJobThatWaited_IsRun()
    {
        await using JobsFixture fixture = await StartAsync((worker, job) => worker.Succeed(job));
        JobRecord job = Ran(fixture, 0) with { State = JobState.Queued, Attempts = 0 };
        fixture.Jobs.Update(job);
        await fixture.RestartAsync();
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 1, 0), (job.State, job.Attempts, job.LostAttempts));
    }

    private static JobRecord Ran(JobsFixture fixture, int lostBefore) => fixture.Left(job => job with { LostAttempts = lostBefore });

    private static Task<JobsFixture> StartAsync(Action<ScriptedWorker, RunJob> run) => JobsFixture.StartAsync(
        services: services => services.AddSingleton<IWorkerStarter>(new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } job)
                run(worker, job);
            return Task.CompletedTask;
        })));
}
