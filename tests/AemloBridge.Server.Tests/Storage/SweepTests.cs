using System.Threading.Channels;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Storage;

public sealed class SweepTests : IDisposable
{
    private static readonly Limits Keep = new() { KeepDatasets = TimeSpan.FromDays(1), KeepModels = TimeSpan.FromDays(2), KeepJobs = TimeSpan.FromDays(3) };

    private readonly StoreFixture _store = new(Keep);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Sweep_OfEachKind_DeletesItWhenItsTimeHasComeAndNotBefore()
    {
        DatasetRecord dataset = _store.StoreDataset(1);
        ModelRecord model = _store.StoreModel("m1", 2);
        JobRecord job = _store.End(_store.CreateJob(_store.Job("j1")));
        string[] expiring = [dataset.Digest + ".pb", "m1.safetensors", "j1"];
        DateTimeOffset[] expires = [_store.Datasets.Expires(dataset), _store.Models.Expires(model), _store.Jobs.Expires(job)!.Value];

        for (int kind = 0; kind < 3; kind++)
        {
            _store.Time.Advance(expires[kind] - _store.Time.GetUtcNow() - TimeSpan.FromTicks(1));
            _store.Storage.Sweep();
            Assert.Contains(expiring[kind], _store.Files);

            _store.Time.Advance(TimeSpan.FromTicks(1));
            _store.Storage.Sweep();
            Assert.Equal(expiring[(kind + 1)..].Order(StringComparer.Ordinal), _store.Files);
        }

        Assert.Empty(_store.Datasets.List("a", "", 10));
        Assert.Empty(_store.Models.List("a", "", 10));
        Assert.Empty(_store.Jobs.List("a", "", [], 10));
        Assert.Equal(0, _store.Storage.Ledger.Stored("a"));
    }

    [Fact]
    public void Sweep_OfMoreThanABatch_DeletesThemAll()
    {
        for (int number = 0; number < 110; number++)
            _store.CreateJob(_store.Job($"j{number}") with { State = JobState.Cancelled });
        _store.Time.Advance(Keep.KeepJobs);

        _store.Storage.Sweep();

        Assert.Empty(_store.Files);
    }

    [Fact]
    public void Sweep_OfWhatAJobNeeds_WaitsForItsEndAndCountsFromThere()
    {
        DatasetRecord dataset = _store.StoreDataset(1);
        _store.StoreModel("m1", 2);
        JobRecord job = _store.CreateJob(_store.Job("j1", dataset: dataset.Digest, kind: JobKind.Generate, model: "m1"));
        _store.Time.Advance(TimeSpan.FromDays(30));

        _store.Storage.Sweep();
        Assert.Equal(3, _store.Files.Count);

        _store.End(job, JobState.Failed);
        _store.Time.Advance(TimeSpan.FromHours(23));
        _store.Storage.Sweep();
        Assert.Equal(3, _store.Files.Count);
        _store.Time.Advance(TimeSpan.FromHours(1));
        _store.Storage.Sweep();
        Assert.Equal(["j1", "m1.safetensors"], _store.Files);
    }

    [Fact]
    public void Sweep_WithoutLimits_KeepsEverything()
    {
        using var store = new StoreFixture(new Limits { KeepDatasets = TimeSpan.Zero, KeepModels = TimeSpan.Zero, KeepJobs = TimeSpan.Zero });
        DatasetRecord dataset = store.StoreDataset(1);
        JobRecord job = store.End(store.CreateJob(store.Job("j1")));
        store.Time.Advance(TimeSpan.FromDays(10_000));

        store.Storage.Sweep();

        Assert.Equal(2, store.Files.Count);
        Assert.Equal((DateTimeOffset.MaxValue, DateTimeOffset.MaxValue), (store.Datasets.Expires(dataset), store.Jobs.Expires(job)));
    }

    [Fact]
    public void Sweep_AfterAFolderCouldNotBeDeleted_TriesAgain()
    {
        if (OperatingSystem.IsWindows())
            return;
        JobRecord job = _store.End(_store.CreateJob(_store.Job("j1")));
        string inner = Path.Combine(_store.Jobs.Folder(job), "inner");
        Directory.CreateDirectory(inner);
        File.WriteAllText(Path.Combine(inner, "file"), "x");
        using (Undeletable held = Undeletable.Make(inner))
        {
            _store.Time.Advance(Keep.KeepJobs);
            _store.Storage.Sweep();
            Assert.Null(_store.Jobs.Get("a", "j1"));
            Assert.Single(_store.Files, name => name.EndsWith(".tmp", StringComparison.Ordinal));

            held.Path = Directory.GetDirectories(_store.Folder, "inner", SearchOption.AllDirectories).Single();
        }

        _store.Storage.Sweep();

        Assert.Empty(_store.Files);
    }

    [Fact]
    public async Task SweepService_AtTheStartAndFromTimeToTime_Sweeps()
    {
        string folder = Directory.CreateTempSubdirectory("aemlo-sweep-").FullName;
        try
        {
            var time = new ManualTime();
            var log = new ExpiredLog();
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton(new ServerOptions { DataFolder = folder, Limits = Keep });
            services.AddLogging(logging => logging.AddProvider(log));
            services.AddEmbeddedStorage();
            await using ServiceProvider provider = services.BuildServiceProvider();
            string first = Store(provider.GetRequiredService<IDatasetStore>(), 1);
            time.Advance(Keep.KeepDatasets);
            IHostedService service = Assert.Single(provider.GetServices<IHostedService>());
            CancellationToken cancellation = TestContext.Current.CancellationToken;

            await service.StartAsync(cancellation);
            Assert.Contains(first, await log.NextAsync(cancellation), StringComparison.Ordinal);

            string second = Store(provider.GetRequiredService<IDatasetStore>(), 2);
            time.Advance(Keep.KeepDatasets);
            Assert.Contains(second, await log.NextAsync(cancellation), StringComparison.Ordinal);
            await service.StopAsync(cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Store(IDatasetStore datasets, int seed)
    {
        byte[] content = StoreFixture.Content(seed, 10);
        using IDatasetUpload upload = datasets.Begin("a");
        upload.Content.Write(content);
        return upload.Commit(StoreFixture.Describe(StoreFixture.Digest(content)), out _).Digest;
    }

    /// <summary>Hands out what the store logs about expired things.</summary>
    private sealed class ExpiredLog : ILoggerProvider, ILogger
    {
        private const int Expired = 1005;

        private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync(CancellationToken cancellationToken) => await _messages.Reader.ReadAsync(cancellationToken);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Expired)
                _messages.Writer.TryWrite(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
