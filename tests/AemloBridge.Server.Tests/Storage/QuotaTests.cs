using System.Diagnostics.Metrics;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Telemetry;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Storage;

public sealed class QuotaTests : IDisposable
{
    private readonly StoreFixture _store = new(new Limits { TenantQuotaBytes = 1000 });

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Write_OfOneByteMoreThanTheQuota_IsRefusedAndLeavesNothing()
    {
        using (IDatasetUpload upload = _store.Datasets.Begin("a"))
        {
            upload.Content.Write(new byte[999]);
            upload.Content.WriteByte(1);

            RequestException refused = Assert.Throws<RequestException>(() => upload.Content.WriteByte(1));

            Assert.Equal((StatusCode.ResourceExhausted, Reasons.QuotaExceeded, null), (refused.Code, refused.Reason, refused.RetryAfter));
            Assert.Contains("quota of 1000 bytes", refused.Message, StringComparison.Ordinal);
            Assert.Contains("delete data sets or models", refused.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => upload.Commit(StoreFixture.Describe("0000"), out _));
        }

        Assert.Empty(_store.Files);
        Assert.Equal(1000, _store.StoreDataset(1, 1000).Bytes);
    }

    [Fact]
    public void Begin_WithAUsedUpQuota_IsRefusedAtOnce()
    {
        DatasetRecord needed = _store.StoreDataset(1, 1000);
        JobRecord job = _store.CreateJob(_store.Job("j1", dataset: needed.Digest));

        Assert.Equal(Reasons.QuotaExceeded, Assert.Throws<RequestException>(() => _store.Datasets.Begin("a")).Reason);
        Assert.Equal(Reasons.QuotaExceeded, Assert.Throws<RequestException>(() => _store.Models.Begin("a")).Reason);
        _store.Datasets.Begin("b").Dispose();

        _store.End(job);
        _store.Datasets.Begin("a").Dispose();
    }

    [Fact]
    public void RequireRoom_ForAResult_DeletesWhatIsNotUsedButNotWhatTheJobWorksOn()
    {
        DatasetRecord needed = _store.StoreDataset(1, 600);
        _store.Time.Advance(TimeSpan.FromMinutes(1));
        DatasetRecord other = _store.StoreDataset(2, 300);
        JobRecord job = _store.Job("j1", dataset: needed.Digest);

        Assert.Equal(Reasons.QuotaExceeded, Assert.Throws<RequestException>(() => _store.Jobs.RequireRoom(job, 401)).Reason);
        Assert.NotNull(_store.Datasets.Find("a", other.Digest));
        _store.Jobs.RequireRoom(job, 400);

        Assert.Null(_store.Datasets.Find("a", other.Digest));
        Assert.True(_store.Jobs.TryCreate(job, out _));
    }

    [Theory]
    [InlineData(JobState.Succeeded, 150)]
    [InlineData(JobState.Failed, 0)]
    [InlineData(JobState.Cancelled, 0)]
    public void Update_OfAJobThatEnds_ChargesForItsResultAlone(JobState state, long charged)
    {
        JobRecord job = _store.CreateJob(_store.Job("j1"));
        string folder = _store.Jobs.Folder(job);
        foreach ((string name, int bytes) in new[] { (JobFiles.Recipe, 100), (JobFiles.Report, 50), (JobFiles.Checkpoint, 300), ($"{JobFiles.Recipe}.tmp", 200) })
            File.WriteAllBytes(Path.Combine(folder, name), new byte[bytes]);

        _store.End(job, state);

        Assert.Equal(charged, _store.Storage.Ledger.Stored("a"));
    }

    [Fact]
    public void Write_OfSeveralUploadsAtOnce_TakesNoMoreThanTheQuotaTogether()
    {
        using IDatasetUpload first = _store.Datasets.Begin("a");
        using IModelUpload second = _store.Models.Begin("a");
        using IDatasetUpload third = _store.Datasets.Begin("a");
        first.Content.Write(new byte[500]);
        second.Content.Write(new byte[499]);
        third.Content.WriteByte(1);

        Assert.Equal(Reasons.QuotaExceeded, Assert.Throws<RequestException>(() => third.Content.WriteByte(1)).Reason);

        first.Dispose();
        using IDatasetUpload fourth = _store.Datasets.Begin("a");
        fourth.Content.Write(new byte[500]);
    }

    [Fact]
    public void Write_WithoutRoom_DeletesWhatIsExpiredThenWhatWasNotUsedForLongest()
    {
        using var store = new StoreFixture(new Limits { TenantQuotaBytes = 1000, KeepModels = TimeSpan.FromHours(1), KeepDatasets = TimeSpan.FromDays(1) });
        DatasetRecord oldest = store.StoreDataset(1, 250);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        DatasetRecord older = store.StoreDataset(2, 250);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        store.StoreModel("expired", 3, 250);
        store.Time.Advance(TimeSpan.FromHours(2));
        store.StoreModel("young", 4, 250);
        store.Datasets.Find("a", oldest.Digest);

        store.StoreDataset(5, 250);
        Assert.DoesNotContain(store.Models.List("a", "", 10), model => model.Id == "expired");
        Assert.Equal(3, store.Datasets.List("a", "", 10).Count);

        store.StoreDataset(6, 250);
        Assert.Null(store.Datasets.Find("a", older.Digest));
        Assert.NotNull(store.Datasets.Find("a", oldest.Digest));
        Assert.NotNull(store.Models.Find("a", "young"));
    }

    [Fact]
    public void Write_WithoutRoom_NeverDeletesWhatAJobNeeds()
    {
        DatasetRecord needed = _store.StoreDataset(1, 300);
        _store.StoreModel("needed", 2, 300);
        _store.CreateJob(_store.Job("j1", dataset: needed.Digest, kind: JobKind.Generate, model: "needed"));
        _store.Time.Advance(TimeSpan.FromDays(100));
        DatasetRecord free = _store.StoreDataset(3, 300);

        _store.StoreDataset(4, 400);

        Assert.Null(_store.Datasets.Find("a", free.Digest));
        Assert.NotNull(_store.Datasets.Find("a", needed.Digest));
        Assert.NotNull(_store.Models.Find("a", "needed"));
    }

    [Fact]
    public void Write_WhenDeletingEverythingWouldNotDo_DeletesNothing()
    {
        DatasetRecord needed = _store.StoreDataset(1, 600);
        _store.CreateJob(_store.Job("j1", dataset: needed.Digest));
        DatasetRecord free = _store.StoreDataset(2, 100);
        using IDatasetUpload upload = _store.Datasets.Begin("a");

        RequestException refused = Assert.Throws<RequestException>(() => upload.Content.Write(new byte[500]));

        Assert.Contains("data sets take 700 bytes, models 0 bytes, results of jobs 0 bytes, uploads under way 1 bytes", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(_store.Datasets.Find("a", free.Digest));
    }

    [Fact]
    public void Update_OfAnEndedJob_CountsItsResultAndNotWhatGoesWithItsEnd()
    {
        JobRecord job = _store.CreateJob(_store.Job("j1"));
        File.WriteAllBytes(Path.Combine(_store.Jobs.Folder(job), JobFiles.Recipe), new byte[600]);
        File.WriteAllBytes(Path.Combine(_store.Jobs.Folder(job), JobFiles.Report), new byte[100]);
        File.WriteAllBytes(Path.Combine(_store.Jobs.Folder(job), JobFiles.Checkpoint), new byte[5000]);
        File.WriteAllBytes(Path.Combine(_store.Jobs.Folder(job), JobFiles.Model), new byte[5000]);
        job = _store.End(job);

        using (IDatasetUpload upload = _store.Datasets.Begin("a"))
        {
            upload.Content.Write(new byte[300]);
            Assert.Equal(Reasons.QuotaExceeded, Assert.Throws<RequestException>(() => upload.Content.WriteByte(1)).Reason);
        }

        _store.Reopen();
        Assert.Equal(700, _store.Storage.Ledger.Stored("a"));
        _store.Time.Advance(new Limits().KeepJobs);
        Assert.Equal(1000, _store.StoreDataset(1, 1000).Bytes);
        Assert.Null(_store.Jobs.Get("a", job.Id));
    }

    [Fact]
    public void Write_WithoutALimit_TakesAll()
    {
        using var store = new StoreFixture(new Limits { TenantQuotaBytes = 0 });

        Assert.Equal(5000, store.StoreDataset(1, 5000).Bytes);
        Assert.Equal(5000, store.StoreDataset(2, 5000).Bytes);
    }

    [Fact]
    public void Commit_OfAKnownDigest_GivesTheRoomBack()
    {
        _store.StoreDataset(1, 400);
        _store.StoreDataset(1, 400);

        Assert.Equal((400, 0), (_store.Storage.Ledger.Stored("a"), _store.Storage.Ledger.Reserved("a")));
        Assert.Equal(600, _store.StoreDataset(2, 600).Bytes);
        Assert.Equal(2, _store.Datasets.List("a", "", 10).Count);
    }

    [Fact]
    public void Instruments_OverAStoresLife_CountItsBytesAndEvictions()
    {
        // Stores of other tests count into the same instruments: this one is told apart by its thread.
        int thread = Environment.CurrentManagedThreadId;
        var bytes = new Dictionary<string, long>();
        var evictions = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == ServerTelemetry.Meter && instrument.Name.StartsWith("aemlo.storage.", StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId != thread)
                return;
            string kind = (string)tags[0].Value!;
            if (instrument.Name == "aemlo.storage.bytes")
                bytes[kind] = bytes.GetValueOrDefault(kind) + value;
            else
                evictions.Add($"{kind} {tags[1].Value} {value}");
        });
        listener.Start();

        using (var store = new StoreFixture(new Limits { TenantQuotaBytes = 1000 }))
        {
            store.StoreDataset(1, 600);
            store.StoreModel("m1", 2, 300);
            store.Reopen();
            Assert.Equal((600, 300), (bytes["dataset"], bytes["model"]));
            store.StoreDataset(3, 200);
            store.Time.Advance(TimeSpan.FromDays(365));
            store.Storage.Sweep();
            Assert.All(bytes.Values, value => Assert.Equal(0, value));
            store.StoreDataset(4, 100);
        }

        Assert.All(bytes.Values, value => Assert.Equal(0, value));
        Assert.Equal(["dataset quota 1", "dataset expired 1", "model expired 1"], evictions);
    }
}
