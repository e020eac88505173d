using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Jobs.Support;

/// <summary>A job manager over the embedded stores in a folder of its own, with real workers or scripted ones.</summary>
internal sealed class JobsFixture : IAsyncDisposable
{
    public const string Tenant = "default";

    /// <summary>What nothing here takes, even on a loaded machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TempFolder _folder = new();
    private readonly Func<ServerOptions, ServerOptions> _change;
    private readonly Action<IServiceCollection> _services;
    private ServiceProvider _provider = null!;

    private JobsFixture(Func<ServerOptions, ServerOptions>? change, Action<IServiceCollection>? services) =>
        (_change, _services) = (change ?? (options => options), services ?? (_ => { }));

    public LogCollector Log { get; } = new();

    public JobManager Manager => _provider.GetRequiredService<JobManager>();

    public JobLedger Ledger => _provider.GetRequiredService<JobLedger>();

    public IDatasetStore Datasets => _provider.GetRequiredService<IDatasetStore>();

    public IModelStore Models => _provider.GetRequiredService<IModelStore>();

    public IJobStore Jobs => _provider.GetRequiredService<IJobStore>();

    /// <summary>The processes of the workers that have been up, oldest first.</summary>
    public IReadOnlyList<int> Processes => [.. Log.Events.Where(logged => logged.Id.Id == 3001).Select(logged => ProcessOf(logged.Message))];

    /// <summary>The aemlo beside the tests.</summary>
    public static string Aemlo { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aemlo.exe" : "aemlo");

    /// <summary>A manager that is up.</summary>
    /// <param name="change">Changes the settings.</param>
    /// <param name="services">Changes the services.</param>
    /// <param name="before">Called with the stores before the manager is up.</param>
    public static async Task<JobsFixture> StartAsync(Func<ServerOptions, ServerOptions>? change = null, Action<IServiceCollection>? services = null, Action<JobsFixture>? before = null)
    {
        var fixture = new JobsFixture(change, services);
        await fixture.OpenAsync(before);
        return fixture;
    }

    /// <summary>Stops the manager as a server that is stopped does, and starts one over the same folder.</summary>
    public async Task RestartAsync(Action<JobsFixture>? between = null)
    {
        await _provider.DisposeAsync();
        await OpenAsync(between);
    }

    /// <summary>A submission of the tiny data set.</summary>
    public JobSubmission Submission(ResamplingOptions? options = null, JobKind kind = JobKind.Oversample, MultiLabelDataset? data = null, string tenant = Tenant) => new()
    {
        Tenant = tenant,
        Kind = kind,
        RequestHash = "hash",
        Dataset = JobData.Store(Datasets, data ?? JobData.Rows, tenant),
        Options = options ?? JobData.Small,
    };

    public JobRecord Submit(ResamplingOptions? options = null, JobKind kind = JobKind.Oversample, MultiLabelDataset? data = null) =>
        Manager.Submit(Submission(options, kind, data)).Job;

    /// <summary>A job in the store as a server that was killed leaves it.</summary>
    public JobRecord Left(Func<JobRecord, JobRecord> change)
    {
        JobRecord job = change(new JobRecord
        {
            Tenant = Tenant,
            Id = "left",
            Kind = JobKind.Oversample,
            State = JobState.Running,
            DatasetDigest = JobData.Store(Datasets, JobData.Rows).Digest,
            Options = Protocol.MethodContract.ToValues(JobData.Small),
            Created = DateTimeOffset.UtcNow,
            Started = DateTimeOffset.UtcNow,
            Attempts = 1,
            Device = "cpu",
        });
        Assert.True(Jobs.TryCreate(job, out _));
        return job;
    }

    /// <summary>Waits for a job's end.</summary>
    public async Task<JobRecord> EndAsync(JobRecord job)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await foreach (JobEvent _ in Manager.Watch(job.Tenant, job.Id, 0, limit.Token))
        {
        }

        return Manager.Get(job.Tenant, job.Id)!.Record;
    }

    /// <summary>Waits for an event of a job.</summary>
    public async Task<JobEvent> AwaitAsync(JobRecord job, Func<JobEvent, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await foreach (JobEvent happened in Manager.Watch(job.Tenant, job.Id, 0, limit.Token))
        {
            if (wanted(happened))
                return happened;
        }

        Assert.Fail($"the job ended before: {Manager.Get(job.Tenant, job.Id)}");
        throw new InvalidOperationException();
    }

    /// <summary>Waits until something is so, where no event tells.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }

    public string Folder(JobRecord job) => Jobs.Folder(job);

    public byte[] File(JobRecord job, string name) => System.IO.File.ReadAllBytes(Path.Combine(Folder(job), name));

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Assert.DoesNotContain(Log.Events, logged => logged.Id.Id == 3008);
        foreach (int process in Processes)
            Assert.False(IsAlive(process), $"worker process {process} was left behind");
        _folder.Dispose();
    }

    /// <summary>Whether a process of that id is there; one that has ended and that nobody has taken note of counts too.</summary>
    public static bool IsAlive(int process) => OperatingSystem.IsLinux()
        ? Directory.Exists($"/proc/{process}")
        : System.Diagnostics.Process.GetProcesses().Any(other => other.Id == process);

    private async Task OpenAsync(Action<JobsFixture>? before)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_change(new ServerOptions { DataFolder = _folder.File("data"), WorkerExecutable = Aemlo, CheckpointInterval = TimeSpan.Zero }));
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddEmbeddedStorage();
        _services(services);
        services.AddJobs();
        _provider = services.BuildServiceProvider();
        before?.Invoke(this);
        await Manager.StartAsync(TestContext.Current.CancellationToken);
    }

    private static int ProcessOf(string message)
    {
        const string Mark = "(process ";
        int start = message.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return int.Parse(message.AsSpan(start, message.IndexOf(')', start) - start), System.Globalization.CultureInfo.InvariantCulture);
    }
}
