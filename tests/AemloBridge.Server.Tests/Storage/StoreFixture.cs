using System.Security.Cryptography;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AemloBridge.Server.Tests.Storage;

/// <summary>A store in a temporary folder, with a clock that a test moves, and short ways to put things into it.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly Limits _limits;
    private readonly bool _ownsFolder;

    public StoreFixture(Limits? limits = null, string? folder = null)
    {
        _limits = limits ?? new Limits();
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("aemlo-store-").FullName;
        Storage = Open();
    }

    public string Folder { get; }

    public ManualTime Time { get; } = new();

    public EmbeddedStorage Storage { get; private set; }

    public IDatasetStore Datasets => Storage.Datasets;

    public IModelStore Models => Storage.Models;

    public IJobStore Jobs => Storage.Jobs;

    /// <summary>Every data set, model file and job folder there is, and every temporary one, by name.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. new[] { "datasets", "models", "jobs" }
            .SelectMany(kind => Directory.GetDirectories(Path.Combine(Folder, "tenants")).Select(tenant => Path.Combine(tenant, kind)))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFileSystemEntries)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Closes the store and opens it again.</summary>
    public void Reopen(Action? between = null)
    {
        Storage.Dispose();
        between?.Invoke();
        Storage = Open();
    }

    /// <summary>Bytes that follow from a number.</summary>
    public static byte[] Content(int seed, int length)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    /// <summary>What the content is called.</summary>
    public static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A description of a data set, without what the store fills in.</summary>
    public static DatasetRecord Describe(string digest) => new("", digest, "name of " + digest[..4], 3, 4, 5, true, 7, 0, default, default);

    /// <summary>A description of a model, without what the store fills in.</summary>
    public static ModelRecord Describe(string id, string sha256) =>
        new("", id, "model " + id, sha256, 0, "d1", "aemlo", new Dictionary<string, string> { ["epochs"] = "3", ["seed"] = "1" }, 4, 5, 6, default, default);

    /// <summary>A job that has just been accepted.</summary>
    public JobRecord Job(string id, string tenant = "a", string requestId = "", string dataset = "", JobKind kind = JobKind.Oversample, string model = "") => new()
    {
        Tenant = tenant,
        Id = id,
        Kind = kind,
        RequestId = requestId,
        DatasetDigest = dataset,
        ModelId = model,
        Options = new Dictionary<string, string> { ["seed"] = "42", ["epochs"] = "2" },
        Created = Time.GetUtcNow(),
    };

    /// <summary>Stores a data set of so many bytes.</summary>
    public DatasetRecord StoreDataset(int seed, int length = 100, string tenant = "a") => StoreDataset(seed, length, tenant, out _);

    /// <summary>Stores a data set of so many bytes.</summary>
    public DatasetRecord StoreDataset(int seed, int length, string tenant, out bool existed)
    {
        byte[] content = Content(seed, length);
        using IDatasetUpload upload = Datasets.Begin(tenant);
        upload.Content.Write(content);
        return upload.Commit(Describe(Digest(content)), out existed);
    }

    /// <summary>Stores a model of so many bytes.</summary>
    public ModelRecord StoreModel(string id, int seed, int length = 100, string tenant = "a") => StoreModel(id, seed, length, tenant, out _);

    /// <summary>Stores a model of so many bytes.</summary>
    public ModelRecord StoreModel(string id, int seed, int length, string tenant, out bool existed)
    {
        byte[] content = Content(seed, length);
        using IModelUpload upload = Models.Begin(tenant);
        upload.Content.Write(content);
        return upload.Commit(Describe(id, Digest(content)), out existed);
    }

    /// <summary>Records a job that must be new.</summary>
    public JobRecord CreateJob(JobRecord job)
    {
        Assert.True(Jobs.TryCreate(job, out _));
        return job;
    }

    /// <summary>Ends a job.</summary>
    public JobRecord End(JobRecord job, JobState state = JobState.Succeeded)
    {
        JobRecord ended = job with { State = state, Ended = Time.GetUtcNow() };
        Jobs.Update(ended);
        return ended;
    }

    public void Dispose()
    {
        Storage.Dispose();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    private EmbeddedStorage Open() => EmbeddedStorage.Open(Folder, _limits, Time, NullLogger.Instance);
}
