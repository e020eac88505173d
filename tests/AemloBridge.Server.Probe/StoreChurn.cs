using System.Globalization;
using System.Security.Cryptography;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AemloBridge.Server.Probe;

/// <summary>
/// Changes a store without end, until somebody kills the process. Before each change a line "try KEY STATE", once it has
/// been acknowledged "did KEY STATE"; the state "-" means that there is none.
/// </summary>
internal sealed class StoreChurn
{
    private const string Tenant = "tenant";
    private const int LongestContent = 300_000;

    private readonly EmbeddedStorage _storage;
    private readonly Random _random;
    private readonly string _run;
    private readonly List<string> _datasets;
    private readonly List<string> _models;
    private readonly List<JobRecord> _jobs;
    private int _number;

    private StoreChurn(EmbeddedStorage storage, int seed)
    {
        _storage = storage;
        _random = new Random(seed);
        _run = seed.ToString(CultureInfo.InvariantCulture);
        _datasets = [.. storage.Datasets.List(Tenant, "", int.MaxValue).Select(dataset => dataset.Digest)];
        _models = [.. storage.Models.List(Tenant, "", int.MaxValue).Select(model => model.Id)];
        _jobs = [.. storage.Jobs.List(Tenant, "", [], int.MaxValue)];
    }

    /// <summary>Arguments: data folder, a number that no run before had.</summary>
    public static void Run(string[] args)
    {
        using EmbeddedStorage storage = EmbeddedStorage.Open(args[0], new Limits(), TimeProvider.System, NullLogger.Instance);
        var churn = new StoreChurn(storage, int.Parse(args[1], CultureInfo.InvariantCulture));
        while (true)
            churn.Change();
    }

    private void Change()
    {
        switch (_random.Next(8))
        {
            case 0 or 1:
                StoreDataset();
                break;
            case 2:
                StoreModel();
                break;
            case 3 when _datasets.Count > 3:
                string digest = Take(_datasets);
                Announce($"dataset:{digest}", "-", () => _storage.Datasets.Delete(Tenant, digest));
                break;
            case 4 when _models.Count > 3:
                string model = Take(_models);
                Announce($"model:{model}", "-", () => _storage.Models.Delete(Tenant, model));
                break;
            case 5:
                CreateJob();
                break;
            case 6 or 7 when _jobs.Count > 0:
                UpdateJob();
                break;
        }
    }

    private static void Announce(string key, string state, Action change)
    {
        Console.WriteLine($"try {key} {state}");
        change();
        Console.WriteLine($"did {key} {state}");
    }

    private void StoreDataset()
    {
        byte[] content = NewContent();
        string digest = Convert.ToHexStringLower(SHA256.HashData(content));
        Announce($"dataset:{digest}", digest, () =>
        {
            using IDatasetUpload upload = _storage.Datasets.Begin(Tenant);
            foreach (byte[] chunk in content.Chunk(50_000))
                upload.Content.Write(chunk);
            upload.Commit(new DatasetRecord("", digest, "", 1, 1, 1, false, 0, 0, default, default), out _);
        });
        _datasets.Add(digest);
    }

    private void StoreModel()
    {
        byte[] content = NewContent();
        string digest = Convert.ToHexStringLower(SHA256.HashData(content));
        string id = $"m-{_run}-{_number++}";
        Announce($"model:{id}", digest, () =>
        {
            using IModelUpload upload = _storage.Models.Begin(Tenant);
            upload.Content.Write(content);
            upload.Flush();
            upload.Commit(new ModelRecord("", id, "", digest, 0, "", "aemlo", new Dictionary<string, string>(), 1, 1, 1, default, default), out _);
        });
        _models.Add(id);
    }

    private void CreateJob()
    {
        var job = new JobRecord
        {
            Tenant = Tenant,
            Id = $"j-{_run}-{_number++}",
            RequestId = $"r-{_run}-{_number}",
            Kind = JobKind.Train,
            Options = new Dictionary<string, string> { ["seed"] = "1" },
            Created = DateTimeOffset.UtcNow,
        };
        Announce($"job:{job.Id}", State(job), () => _storage.Jobs.TryCreate(job, out _));
        _jobs.Add(job);
    }

    private void UpdateJob()
    {
        int index = _random.Next(_jobs.Count);
        JobRecord job = _jobs[index];
        job = job with { Attempts = job.Attempts + 1, State = (JobState)_random.Next(1, 6), Error = new JobError { Message = new string('x', _random.Next(5000)) } };
        Announce($"job:{job.Id}", State(job), () => _storage.Jobs.Update(job));
        _jobs[index] = job;
    }

    private static string State(JobRecord job) => $"{job.Attempts}/{(int)job.State}/{job.Error?.Message.Length ?? 0}";

    private byte[] NewContent()
    {
        byte[] content = new byte[_random.Next(1, LongestContent)];
        _random.NextBytes(content);
        return content;
    }

    private string Take(List<string> names)
    {
        int index = _random.Next(names.Count);
        string name = names[index];
        names.RemoveAt(index);
        return name;
    }
}
