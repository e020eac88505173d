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
        FailingStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            ServiceDescriptor real = services.Last(service => service.ServiceType == typeof(IJobStore));
            services.Add(ServiceDescriptor.Singleton<IJobStore>(provider => store = new FailingStore((IJobStore)real.ImplementationFactory!(provider))));
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        JobSubmission submission = fixture.Submission();
        store!.Failures = 2;
        JobRecord job = await fixture.EndAsync(fixture.Manager.Submit(submission).Job);
        Assert.Equal((JobState.Succeeded, 0), (job.State, store.Failures));
        Assert.Equal(job, fixture.Jobs.Get(job.Tenant, job.Id)! with { Options = job.Options });
        Assert.Single(fixture.Log.Events, logged => logged.Id.Id == 2008);
    }

    [Fact]
    public async Task Drain_WhileARecordCannotBeWritten_StopsAndTheResultIsFoundAtTheNextStart()
    {
        FailingStore? store = null;
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services =>
        {
            ServiceDescriptor real = services.Last(service => service.ServiceType == typeof(IJobStore));
            services.Add(ServiceDescriptor.Singleton<IJobStore>(provider => store = new FailingStore((IJobStore)real.ImplementationFactory!(provider))));
            services.AddSingleton<IWorkerStarter>(Quick);
        });
        JobSubmission submission = fixture.Submission();
        store!.Failures = int.MaxValue;
        JobRecord job = fixture.Manager.Submit(submission).Job;
        await JobsFixture.UntilAsync(() => fixture.Log.Events.Any(logged => logged.Id.Id == 2008));
        await fixture.Manager.DrainAsync(new CancellationToken(canceled: true)).WaitAsync(JobsFixture.Limit, TestContext.Current.CancellationToken);
        await fixture.RestartAsync();
        Assert.Equal(JobState.Succeeded, fixture.Manager.Get(job.Tenant, job.Id)!.Record.State);
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

    /// <summary>A store whose next writes fail.</summary>
    private sealed class FailingStore(IJobStore store) : IJobStore
    {
        public int Failures { get; set; }

        public bool TryCreate(JobRecord job, out JobRecord? existing) => store.TryCreate(job, out existing);

        public void RequireRoom(JobRecord job, long bytes) => store.RequireRoom(job, bytes);

        public void Update(JobRecord job)
        {
            if (job.HasEnded && Failures > 0)
            {
                Failures--;
                throw new IOException("no space left on device");
            }

            store.Update(job);
        }

        public JobRecord? Get(string tenant, string id) => store.Get(tenant, id);

        public JobRecord? FindByRequest(string tenant, string requestId) => store.FindByRequest(tenant, requestId);

        public IReadOnlyList<JobRecord> List(string tenant, string after, IReadOnlyCollection<JobState> states, int limit) => store.List(tenant, after, states, limit);

        public IReadOnlyList<JobRecord> Unfinished() => store.Unfinished();

        public string Folder(JobRecord job) => store.Folder(job);

        public DateTimeOffset? Expires(JobRecord job) => store.Expires(job);
    }
}
