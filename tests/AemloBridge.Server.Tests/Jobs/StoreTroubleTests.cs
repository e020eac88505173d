using System.Diagnostics.Metrics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Telemetry;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>Jobs over stores that refuse, fail or have lost something.</summary>
public class StoreTroubleTests
{
    private static readonly ScriptedWorkers Quick = new((worker, command) =>
    {
        if (command.Run is { } job)
            worker.Succeed(job);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task End_TheRecordCannotBeWritten_IsTriedAgainUntilItCan()
    {
        WatchedStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        JobSubmission submission = fixture.Submission();
        int refusals = 0;
        store!.Updating = FullDisk(job => job.HasEnded && ++refusals <= 2);
        JobRecord job = await fixture.EndAsync(fixture.Manager.Submit(submission).Job);
        Assert.Equal((JobState.Succeeded, 3), (job.State, refusals));
        Assert.Equal(job, fixture.Jobs.Get(job.Tenant, job.Id)! with { Options = job.Options });
        Assert.Single(fixture.Log.Events, logged => logged.Id.Id == 2008);
    }

    [Fact]
    public async Task Drain_WhileARecordCannotBeWritten_StopsAndTheResultIsFoundAtTheNextStart()
    {
        WatchedStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        JobSubmission submission = fixture.Submission();
        store!.Updating = FullDisk(job => job.HasEnded);
        JobRecord job = fixture.Manager.Submit(submission).Job;
        await JobsFixture.UntilAsync(() => fixture.Log.Events.Any(logged => logged.Id.Id == 2008));
        await fixture.Manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(JobsFixture.Limit, TestContext.Current.CancellationToken);
        await fixture.RestartAsync();
        Assert.Equal(JobState.Succeeded, fixture.Manager.Get(job.Tenant, job.Id)!.Record.State);
    }

    [Fact]
    public async Task Start_TheRecordsOfUnfinishedJobsCannotBeWritten_IsUpAndRunsThemWhenTheyCan()
    {
        bool full = false;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => made.Updating = FullDisk(_ => Volatile.Read(ref full)));
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        JobRecord job = Record(fixture) with { State = JobState.Running, Attempts = 1, Device = "cpu" };
        fixture.Jobs.Update(job);
        await fixture.RestartAsync(_ => full = true);
        Assert.Equal(JobState.Running, fixture.Manager.Get(job.Tenant, job.Id)!.Record.State);
        Assert.Single(fixture.Log.Events, logged => logged.Id.Id == 2008);
        Volatile.Write(ref full, false);
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 2, 1), (job.State, job.Attempts, job.LostAttempts));
    }

    [Fact]
    public async Task Cancel_AWaitingJobWhoseEndCannotBeWritten_DoesNotWaitForIt()
    {
        WatchedStore? store = null;
        var endless = new ScriptedWorkers((_, _) => Task.CompletedTask);
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(endless);
        });
        JobRecord running = fixture.Submit();
        await JobsFixture.UntilAsync(() => fixture.Manager.Get(running.Tenant, running.Id)!.Record.State == JobState.Running);
        JobRecord waiting = fixture.Submit();
        bool full = true;
        store!.Updating = FullDisk(_ => Volatile.Read(ref full));
        JobError why = JobErrors.Of(StatusCode.Cancelled, "asked for");
        Assert.Equal(JobState.Queued, fixture.Manager.Cancel(waiting.Tenant, waiting.Id, why)!.Record.State);
        Volatile.Write(ref full, false);
        waiting = await fixture.EndAsync(waiting);
        Assert.Equal((JobState.Cancelled, why), (waiting.State, waiting.Error));
    }

    [Fact]
    public async Task Submit_RepeatedBeforeTheFirstHasReturned_FindsTheJobGoingOn()
    {
        WatchedStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        Task<bool>? watching = null;
        store!.Created = job =>
        {
            Assert.Equal(job.Id, fixture.Jobs.FindByRequest(job.Tenant, job.RequestId)!.Id);
            watching = fixture.Manager.Watch(job.Tenant, job.Id, 0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken).MoveNextAsync().AsTask();
        };
        JobRecord job = fixture.Manager.Submit(fixture.Submission() with { RequestId = "twice" }).Job;
        Assert.True(await watching!.WaitAsync(JobsFixture.Limit, TestContext.Current.CancellationToken));
        await fixture.EndAsync(job);
    }

    [Fact]
    public async Task Submit_TheStoreRefusesTheJob_LeavesNothingOfIt()
    {
        WatchedStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            WatchedStore.AddTo(services, made => store = made);
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        store!.Created = _ => throw new IOException("no space left on device");
        Assert.Throws<IOException>(() => fixture.Submit());
        Assert.Empty(fixture.Ledger.Active);
    }

    [Fact]
    public async Task Train_AModelBeyondTheQuota_FailsTheJobAndKeepsNothing()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(options => options with { Limits = options.Limits with { TenantQuotaBytes = 600_000 } });
        JobRecord job = await fixture.EndAsync(fixture.Submit(JobData.Small with { Hidden = 512, Latent = 512 }, JobKind.Train));
        Assert.Equal((JobState.Failed, (int)StatusCode.ResourceExhausted), (job.State, job.Error!.Code));
        Assert.Empty(fixture.Models.List(JobsFixture.Tenant, "", 10));
        Assert.Empty(Directory.GetFiles(fixture.Folder(job)));
    }

    [Fact]
    public async Task Run_TheJobsFolderIsGone_FailsItAndTheNextOneRuns()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(Quick));
        JobRecord job = Record(fixture);
        await fixture.RestartAsync(stopped => Directory.Delete(stopped.Folder(job), recursive: true));
        Assert.Equal((JobState.Failed, (int)StatusCode.Internal), ((await fixture.EndAsync(job)).State, fixture.Jobs.Get(job.Tenant, job.Id)!.Error!.Code));
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(fixture.Submit())).State);
    }

    [Fact]
    public async Task Submit_TheDataSetsFileIsGone_IsNotFound()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(Quick));
        JobSubmission submission = fixture.Submission();
        File.Delete(fixture.Datasets.FilePath(submission.Dataset!));
        Assert.Equal(StatusCode.NotFound, Assert.Throws<RequestException>(() => fixture.Manager.Submit(submission)).Code);
    }

    [Fact]
    public async Task End_AJob_IsCountedByKindAndState()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == ServerTelemetry.Name && instrument.Name == "aemlo.jobs.ended")
                    own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (counted)
                counted.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        listener.Start();
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(Quick));
        await fixture.EndAsync(fixture.Submit());
        lock (counted)
            Assert.Contains("Oversample Succeeded", counted);
    }

    private static JobRecord Record(JobsFixture fixture)
    {
        var job = new JobRecord
        {
            Tenant = JobsFixture.Tenant,
            Id = "left",
            Kind = JobKind.Oversample,
            DatasetDigest = JobData.Store(fixture.Datasets, JobData.Rows).Digest,
            Options = Protocol.MethodContract.ToValues(JobData.Small),
            Created = DateTimeOffset.UtcNow,
        };
        Assert.True(fixture.Jobs.TryCreate(job, out _));
        return job;
    }

    private static Action<JobRecord> FullDisk(Func<JobRecord, bool> refuses) => job =>
    {
        if (refuses(job))
            throw new IOException("no space left on device");
    };
}
