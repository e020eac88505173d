using System.Collections.Concurrent;
using System.Net;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>A server to be mistreated, and what must hold whatever is done to it.</summary>
internal sealed class FuzzServer : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const long MoreMemory = 48L << 20;

    /// <summary>The longest that anything may take on a busy machine before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient _client = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) { Timeout = Patience };
    private readonly ConcurrentDictionary<StatusCode, int> _statuses = new();
    private int _closed;

    private FuzzServer(ServiceHost host, string digest, string modelId, string jobId)
    {
        Host = host;
        Digest = digest;
        ModelId = modelId;
        JobId = jobId;
    }

    public ServiceHost Host { get; }

    public string Digest { get; }

    public string ModelId { get; }

    public string JobId { get; }

    public static async Task<FuzzServer> StartAsync()
    {
        ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxDatasetBytes = 1 << 20, MaxChunkBytes = 1 << 18, MaxUploadPause = TimeSpan.FromSeconds(1) });
        // Jobs end by themselves, one way or the other.
        host.Manager.OnAccepted = job =>
        {
            if (job.Options["seed"].Length % 2 == 0)
                host.Manager.Succeed(job);
            else
                host.Manager.Fail(job, new JobError { Code = (int)StatusCode.InvalidArgument, Message = "as it happens" });
        };
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;
        string model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;
        string job = (await host.AcceptedAsync(new OversampleRequest { DatasetDigest = digest, Method = new MethodSpec { Options = { ["seed"] = "42" } } })).JobId;
        return new FuzzServer(host, digest, model, job);
    }

    /// <summary>Does something to the server many times, several at once, and checks that it is none the worse for it.</summary>
    public async Task MistreatAsync(int count, Func<Random, Task> act)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} cases, seed {Soak.Seed}");
        // What is made once, on first use, is no leak.
        for (int number = 0; number < Math.Min(count, 50); number++)
            await CaseAsync(number, act);
        long before = Memory();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (number, _) => await CaseAsync(number, act));
        TestContext.Current.TestOutputHelper?.WriteLine($"closed: {_closed}; {string.Join(", ", _statuses.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        await CheckAsync();
        await Eventually.Async(() => Memory() < before + MoreMemory);
    }

    /// <summary>Sends bytes as the request of a call, and checks that it ends with a status that blames the request.</summary>
    public async Task CallAsync(string path, byte[] body, string? encoding = null)
    {
        RawResponse response;
        try
        {
            response = await RawCall.SendAsync(_client, Host.Address, path, body, encoding, (TestTenant.Header, "a"));
        }
        catch (HttpRequestException)
        {
            Closed();
            return;
        }

        Assert.Equal(HttpStatusCode.OK, response.Http);
        Ended(response.Status ?? throw new InvalidOperationException("no status"));
    }

    /// <summary>Notes how a call ended.</summary>
    public void Ended(StatusCode code)
    {
        Assert.True(code is not (StatusCode.Internal or StatusCode.Unknown), $"ended with {code}");
        _statuses.AddOrUpdate(code, 1, (_, count) => count + 1);
    }

    /// <summary>Notes that a connection was closed.</summary>
    public void Closed() => Interlocked.Increment(ref _closed);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }

    private static async Task CaseAsync(int number, Func<Random, Task> act)
    {
        try
        {
            await act(Soak.Case(number)).WaitAsync(Patience);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"case {number} of seed {Soak.Seed}: {exception.Message}", exception);
        }
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task CheckAsync()
    {
        // Nothing went wrong inside, and nothing half-written is left.
        Assert.DoesNotContain(Host.Log.Events, entry => entry.Id == 4002 || (entry.Level >= LogLevel.Error && entry.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));
        ListDatasetsResponse kept = await Host.Datasets().ListDatasetsAsync(new ListDatasetsRequest { PageSize = 1000 });
        foreach (Dataset dataset in kept.Datasets)
            AemloBridge.Protocol.DatasetFile.Read(Host.DatasetStore.FilePath(Host.DatasetStore.Find("a", dataset.Digest)!));
        int known = kept.Datasets.Count + (await Host.Models().ListModelsAsync(new ListModelsRequest())).Models.Count;
        await Eventually.Async(() => Host.Files.Count(path => !path.EndsWith(JobFiles.Recipe, StringComparison.Ordinal) && !path.EndsWith(JobFiles.Report, StringComparison.Ordinal)) == known);
        Assert.Equal(40ul, (await Host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = Digest })).Report.RowCount);
    }
}
