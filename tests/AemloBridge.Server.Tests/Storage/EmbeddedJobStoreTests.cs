using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Storage;

public sealed class EmbeddedJobStoreTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Update_OfEveryField_IsThereAfterReopen()
    {
        JobRecord job = _store.CreateJob(_store.Job("j1", requestId: "r1"));
        JobRecord changed = job with
        {
            Kind = JobKind.Train,
            State = JobState.Failed,
            RequestHash = "hash",
            DatasetDigest = "d",
            ModelId = "m",
            ModelName = "a name",
            Method = "other",
            Options = new Dictionary<string, string> { ["epochs"] = "7", ["preset"] = "fäst \"x\"" },
            KeepRunning = true,
            TimeLimit = TimeSpan.FromSeconds(1.5),
            MemoryEstimate = long.MaxValue,
            Started = job.Created + TimeSpan.FromTicks(1),
            Ended = job.Created + TimeSpan.FromDays(1),
            Attempts = 2,
            LostAttempts = 1,
            AttemptEpochs = 9,
            Device = "cuda:0",
            Error = new JobError { Code = 13, Message = "lost", Problems = { new FieldProblem { Field = "method.options[epochs]", Description = "too many" } } },
        };
        _store.Jobs.Update(changed);

        _store.Reopen();

        JobRecord found = _store.Jobs.Get("a", "j1")!;
        Assert.Equal(changed.Options.OrderBy(option => option.Key, StringComparer.Ordinal), found.Options.OrderBy(option => option.Key, StringComparer.Ordinal));
        Assert.Equal(changed, found with { Options = changed.Options });
        Assert.Equal(found, _store.Jobs.FindByRequest("a", "r1")! with { Options = found.Options, Error = found.Error });
    }

    [Fact]
    public void TryCreate_OfAJob_MakesItsFolder()
    {
        JobRecord job = _store.CreateJob(_store.Job("j1"));

        Assert.True(Directory.Exists(_store.Jobs.Folder(job)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Jobs.Folder(job)));
    }

    [Fact]
    public void TryCreate_OfAKnownRequest_GivesTheFirstJobAndChangesNothing()
    {
        _store.CreateJob(_store.Job("j1", requestId: "r"));

        Assert.False(_store.Jobs.TryCreate(_store.Job("j2", requestId: "r"), out JobRecord? existing));

        Assert.Equal("j1", existing!.Id);
        Assert.Equal(["j1"], _store.Files);
        Assert.Null(_store.Jobs.Get("a", "j2"));
        Assert.True(_store.Jobs.TryCreate(_store.Job("j2", tenant: "b", requestId: "r"), out _));
        Assert.True(_store.Jobs.TryCreate(_store.Job("j3"), out _));
        Assert.True(_store.Jobs.TryCreate(_store.Job("j4"), out _));
    }

    [Fact]
    public void TryCreate_OfOneRequestByManyThreads_MakesOneJob()
    {
        using var start = new Barrier(8);
        var created = new string?[8];
        var found = new string?[8];
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            JobRecord job = _store.Job($"j{number}", requestId: "r");
            start.SignalAndWait();
            if (_store.Jobs.TryCreate(job, out JobRecord? existing))
                created[number] = job.Id;
            else
                found[number] = existing!.Id;
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        string winner = Assert.Single(created, id => id is not null)!;
        Assert.Equal(Enumerable.Repeat(winner, 7), found.Where(id => id is not null));
        Assert.Equal([winner], _store.Files);
    }

    [Fact]
    public void TryCreate_OfAnIdThatIsThere_IsRefused()
    {
        _store.CreateJob(_store.Job("j1"));

        Assert.Throws<InvalidOperationException>(() => _store.Jobs.TryCreate(_store.Job("j1"), out _));
        Assert.True(Directory.Exists(_store.Jobs.Folder(_store.Job("j1"))));
    }

    [Theory]
    [InlineData(JobKind.Oversample, "gone", "", "there is no data set 'gone'")]
    [InlineData(JobKind.Generate, "", "gone", "there is no model 'gone'")]
    public void TryCreate_OfWhatWasDeletedMeanwhile_IsNotFound(JobKind kind, string dataset, string model, string message)
    {
        RequestException refused = Assert.Throws<RequestException>(() => _store.Jobs.TryCreate(_store.Job("j1", dataset: dataset, kind: kind, model: model), out _));

        Assert.Equal((StatusCode.NotFound, message), (refused.Code, refused.Message));
        Assert.Empty(_store.Files);
    }

    [Theory]
    [InlineData("../j")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void TryCreate_OfAnIdThatIsNoName_IsRefused(string id) =>
        Assert.Throws<ArgumentException>(() => _store.Jobs.TryCreate(_store.Job(id), out _));

    [Fact]
    public void Update_OfAnUnknownJob_IsRefused()
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => _store.Jobs.Update(_store.Job("j1")));

        Assert.Equal("there is no job 'j1' to update", refused.Message);
    }

    [Fact]
    public void Get_OfAnotherTenantsJob_GivesNothing()
    {
        _store.CreateJob(_store.Job("j1", requestId: "r"));

        Assert.Null(_store.Jobs.Get("b", "j1"));
        Assert.Null(_store.Jobs.FindByRequest("b", "r"));
        Assert.Null(_store.Jobs.FindByRequest("a", ""));
        Assert.Empty(_store.Jobs.List("b", "", [], 10));
    }

    [Fact]
    public void List_OfSomeStates_PagesTheNewestFirst()
    {
        for (int number = 0; number < 20; number++)
        {
            JobRecord job = _store.CreateJob(_store.Job($"j{number:00}"));
            if (number % 2 == 0)
                _store.Jobs.Update(job with { State = number % 4 == 0 ? JobState.Running : JobState.Cancelled });
            if (number % 5 == 0)
                _store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        string[] expected = [.. Enumerable.Range(0, 20).Reverse().Where(number => number % 2 == 0).Select(number => $"j{number:00}")];
        var listed = new List<string>();
        for (string after = ""; _store.Jobs.List("a", after, [JobState.Running, JobState.Cancelled], 3) is { Count: > 0 } page; after = page[^1].Id)
            listed.AddRange(page.Select(job => job.Id));

        Assert.Equal(expected, listed);
        Assert.Equal(20, _store.Jobs.List("a", "", [], 100).Count);
    }

    [Fact]
    public void Unfinished_OfAllTenants_GivesTheOldestFirst()
    {
        foreach (string id in new[] { "j3", "j1", "j2", "j4" })
        {
            _store.CreateJob(_store.Job(id, tenant: "tenant of " + id));
            _store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _store.Jobs.Update(_store.Jobs.Get("tenant of j1", "j1")! with { State = JobState.Running });
        _store.End(_store.Jobs.Get("tenant of j2", "j2")!);
        _store.Reopen();

        Assert.Equal(["j3", "j1", "j4"], _store.Jobs.Unfinished().Select(job => job.Id));
    }

    [Fact]
    public void Expires_OfAJob_IsCountedFromItsEnd()
    {
        JobRecord job = _store.CreateJob(_store.Job("j1"));
        Assert.Null(_store.Jobs.Expires(job));
        _store.Time.Advance(TimeSpan.FromHours(5));

        JobRecord ended = _store.End(job);

        Assert.Equal(job.Created + TimeSpan.FromHours(5) + new Limits().KeepJobs, _store.Jobs.Expires(ended));
    }
}
