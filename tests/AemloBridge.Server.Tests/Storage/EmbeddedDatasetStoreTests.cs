using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Storage;

public sealed class EmbeddedDatasetStoreTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Commit_OfAnUpload_StoresBytesAndRecord()
    {
        byte[] content = StoreFixture.Content(1, 300_000);
        using IDatasetUpload upload = _store.Datasets.Begin("a");
        foreach (byte[] chunk in content.Chunk(7_001))
            upload.Content.Write(chunk);
        DatasetRecord stored = upload.Commit(StoreFixture.Describe(StoreFixture.Digest(content)), out bool existed);

        Assert.False(existed);
        Assert.Equal(
            new DatasetRecord("a", StoreFixture.Digest(content), stored.Name, 3, 4, 5, true, 7, 300_000, _store.Time.GetUtcNow(), _store.Time.GetUtcNow()),
            stored);
        Assert.Equal(content, File.ReadAllBytes(_store.Datasets.FilePath(stored)));
        Assert.Equal(stored, _store.Datasets.Find("a", stored.Digest));
    }

    [Fact]
    public async Task Content_WrittenInEveryWay_KeepsTheOrder()
    {
        byte[] content = StoreFixture.Content(1, 1000);
        using IDatasetUpload upload = _store.Datasets.Begin("a");
        upload.Content.WriteByte(content[0]);
        upload.Content.Write(content, 1, 99);
        await upload.Content.WriteAsync(content.AsMemory(100, 400), TestContext.Current.CancellationToken);
        await upload.Content.FlushAsync(TestContext.Current.CancellationToken);
        upload.Content.Write(content.AsSpan(500));
        DatasetRecord stored = upload.Commit(StoreFixture.Describe(StoreFixture.Digest(content)), out _);

        Assert.Equal(content, File.ReadAllBytes(_store.Datasets.FilePath(stored)));
    }

    [Fact]
    public void Reopen_AfterCommits_FindsThemAll()
    {
        DatasetRecord[] stored = [.. Enumerable.Range(0, 5).Select(seed => _store.StoreDataset(seed))];

        _store.Reopen();

        Assert.Equal(stored.OrderBy(dataset => dataset.Digest, StringComparer.Ordinal), _store.Datasets.List("a", "", 10));
        Assert.All(stored, (dataset, seed) => Assert.Equal(StoreFixture.Content(seed, 100), File.ReadAllBytes(_store.Datasets.FilePath(dataset))));
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        using (IDatasetUpload upload = _store.Datasets.Begin("a"))
        {
            upload.Content.Write(new byte[200_000]);
            Assert.Single(_store.Files);
        }

        Assert.Empty(_store.Files);
        Assert.Empty(_store.Datasets.List("a", "", 10));
    }

    [Fact]
    public void Commit_OfAKnownDigest_GivesTheStoredRecordAndDropsTheBytes()
    {
        DatasetRecord first = _store.StoreDataset(1);
        _store.Time.Advance(TimeSpan.FromHours(1));

        DatasetRecord second = _store.StoreDataset(1, 100, "a", out bool existed);

        Assert.True(existed);
        Assert.Equal(first with { LastUsed = _store.Time.GetUtcNow() }, second);
        Assert.Single(_store.Files);
    }

    [Fact]
    public void Commit_OfOneDigestByManyThreads_OneWinsAndAllSucceed()
    {
        using var start = new Barrier(8);
        var results = new (DatasetRecord Record, bool Existed)[8];
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            using IDatasetUpload upload = _store.Datasets.Begin("a");
            byte[] content = StoreFixture.Content(1, 50_000);
            upload.Content.Write(content);
            start.SignalAndWait();
            DatasetRecord record = upload.Commit(StoreFixture.Describe(StoreFixture.Digest(content)), out bool existed);
            results[number] = (record, existed);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Single(results, result => !result.Existed);
        Assert.Single(results.Select(result => result.Record).Distinct());
        Assert.Equal([results[0].Record.Digest + ".pb"], _store.Files);
        Assert.Equal(50_000, _store.Storage.Ledger.Stored("a"));
        Assert.Equal(0, _store.Storage.Ledger.Reserved("a"));
    }

    [Fact]
    public void Find_OfAnotherTenantsDigest_GivesNothing()
    {
        DatasetRecord stored = _store.StoreDataset(1, tenant: "a");

        Assert.Null(_store.Datasets.Find("b", stored.Digest));
        Assert.Empty(_store.Datasets.List("b", "", 10));
        Assert.False(_store.Datasets.Delete("b", stored.Digest));
        DatasetRecord own = _store.StoreDataset(1, 100, "b", out bool existed);
        Assert.False(existed);
        Assert.NotEqual(_store.Datasets.FilePath(stored), _store.Datasets.FilePath(own));
        Assert.True(_store.Datasets.Delete("b", own.Digest));
        Assert.NotNull(_store.Datasets.Find("a", stored.Digest));
    }

    [Theory]
    [InlineData("../../../etc")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("ä\0b")]
    public void Commit_ForATenantOfAnyName_StaysInTheDataFolder(string tenant)
    {
        DatasetRecord stored = _store.StoreDataset(1, tenant: tenant);

        string path = _store.Datasets.FilePath(stored);
        Assert.StartsWith(Path.Combine(_store.Folder, "tenants") + Path.DirectorySeparatorChar, Path.GetFullPath(path), StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        Assert.Equal(stored, _store.Datasets.Find(tenant, stored.Digest));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    public void Commit_OfADigestThatIsNoName_IsRefused(string digest)
    {
        using IDatasetUpload upload = _store.Datasets.Begin("a");
        upload.Content.Write("x"u8);

        Assert.Throws<ArgumentException>(() => upload.Commit(StoreFixture.Describe("0000") with { Digest = digest }, out _));
    }

    [Fact]
    public void Find_Later_NotesTheUseAndPutsExpiryOff()
    {
        DatasetRecord stored = _store.StoreDataset(1);
        Assert.Equal(_store.Time.GetUtcNow() + new Limits().KeepDatasets, _store.Datasets.Expires(stored));
        _store.Time.Advance(TimeSpan.FromDays(2));

        DatasetRecord found = _store.Datasets.Find("a", stored.Digest)!;

        Assert.Equal(stored with { LastUsed = stored.Created + TimeSpan.FromDays(2) }, found);
        Assert.Equal(stored.Created + TimeSpan.FromDays(9), _store.Datasets.Expires(found));
        _store.Reopen();
        Assert.Equal(found, Assert.Single(_store.Datasets.List("a", "", 10)));
    }

    [Fact]
    public void List_InPages_GivesEveryDigestOnceInOrder()
    {
        string[] digests = [.. Enumerable.Range(0, 25).Select(seed => _store.StoreDataset(seed).Digest).Order(StringComparer.Ordinal)];

        var listed = new List<string>();
        for (string after = ""; _store.Datasets.List("a", after, 10) is { Count: > 0 } page; after = page[^1].Digest)
        {
            Assert.InRange(page.Count, 1, 10);
            listed.AddRange(page.Select(dataset => dataset.Digest));
            _store.Datasets.Delete("a", page[^1].Digest);
        }

        Assert.Equal(digests, listed);
    }

    [Fact]
    public void Delete_OfAStoredOne_RemovesRecordAndFile()
    {
        DatasetRecord stored = _store.StoreDataset(1);

        Assert.True(_store.Datasets.Delete("a", stored.Digest));

        Assert.Null(_store.Datasets.Find("a", stored.Digest));
        Assert.Empty(_store.Files);
        Assert.False(_store.Datasets.Delete("a", stored.Digest));
        Assert.Equal(0, _store.Storage.Ledger.Stored("a"));
    }

    [Fact]
    public void Delete_WhileItIsRead_LetsTheReaderFinish()
    {
        if (OperatingSystem.IsWindows())
            return;
        DatasetRecord stored = _store.StoreDataset(1, 1000);
        using FileStream reader = File.OpenRead(_store.Datasets.FilePath(stored));

        _store.Datasets.Delete("a", stored.Digest);

        byte[] read = new byte[1000];
        reader.ReadExactly(read);
        Assert.Equal(StoreFixture.Content(1, 1000), read);
    }

    [Theory]
    [InlineData(JobState.Queued)]
    [InlineData(JobState.Running)]
    public void Delete_OfWhatAJobNeeds_IsRefusedUntilItHasEnded(JobState state)
    {
        DatasetRecord stored = _store.StoreDataset(1);
        JobRecord job = _store.CreateJob(_store.Job("job-1", dataset: stored.Digest) with { State = state });

        RequestException refused = Assert.Throws<RequestException>(() => _store.Datasets.Delete("a", stored.Digest));
        Assert.Equal((StatusCode.FailedPrecondition, Reasons.InUse), (refused.Code, refused.Reason));
        Assert.Equal($"data set '{stored.Digest}' is needed by job 'job-1', which has not ended; wait for its end, or cancel it first", refused.Message);
        Assert.NotNull(_store.Datasets.Find("a", stored.Digest));

        _store.End(job);
        Assert.True(_store.Datasets.Delete("a", stored.Digest));
    }
}
