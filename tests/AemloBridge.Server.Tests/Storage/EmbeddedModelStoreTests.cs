using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Storage;

public sealed class EmbeddedModelStoreTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Flush_BeforeCommit_GivesAFileToLookInto()
    {
        byte[] content = StoreFixture.Content(1, 5000);
        using IModelUpload upload = _store.Models.Begin("a");
        upload.Content.Write(content);

        string temporary = upload.Flush();

        Assert.Equal(content, File.ReadAllBytes(temporary));
        Assert.Empty(_store.Models.List("a", "", 10));
        ModelRecord stored = upload.Commit(StoreFixture.Describe("m1", StoreFixture.Digest(content)), out bool existed);
        Assert.False(existed);
        Assert.False(File.Exists(temporary));
        Assert.Equal(content, File.ReadAllBytes(_store.Models.FilePath(stored)));
    }

    [Fact]
    public void Find_AfterReopen_GivesEveryField()
    {
        ModelRecord stored = _store.StoreModel("m1", 1);

        _store.Reopen();

        ModelRecord found = _store.Models.Find("a", "m1")!;
        Assert.Equal(stored.Options.OrderBy(option => option.Key, StringComparer.Ordinal), found.Options.OrderBy(option => option.Key, StringComparer.Ordinal));
        Assert.Equal(stored, found with { Options = stored.Options });
        Assert.Equal(
            new ModelRecord("a", "m1", "model m1", StoreFixture.Digest(StoreFixture.Content(1, 100)), 100, "d1", "aemlo", stored.Options, 4, 5, 6, _store.Time.GetUtcNow(), _store.Time.GetUtcNow()),
            stored);
        Assert.Equal(stored.Created + new Limits().KeepModels, _store.Models.Expires(found));
        Assert.Null(_store.Models.Find("b", "m1"));
    }

    [Fact]
    public void Commit_OfAKnownId_GivesTheStoredRecord()
    {
        _store.StoreModel("m1", 1);

        ModelRecord second = _store.StoreModel("m1", 2, 200, "a", out bool existed);

        Assert.True(existed);
        Assert.Equal((100, StoreFixture.Digest(StoreFixture.Content(1, 100))), (second.Bytes, second.Sha256));
        Assert.Equal(["m1.safetensors"], _store.Files);
    }

    [Fact]
    public void Commit_OfAKnownFile_GivesTheStoredRecordOfTheOtherId()
    {
        _store.StoreModel("m1", 1);

        Assert.Equal("m1", _store.StoreModel("m2", 1, 100, "a", out bool existed).Id);
        Assert.True(existed);
        Assert.Equal("m2", _store.StoreModel("m2", 1, 100, "b", out bool existedElsewhere).Id);
        Assert.False(existedElsewhere);
    }

    [Fact]
    public void List_InPages_GivesTheNewestFirstEvenWhenTheLastOneIsDeletedInBetween()
    {
        for (int number = 0; number < 25; number++)
        {
            _store.StoreModel($"m{number:00}", number);
            // Some are of the same moment: then the id decides.
            if (number % 3 == 0)
                _store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        string[] expected = [.. _store.Models.List("a", "", 100).OrderByDescending(model => model.Created).ThenByDescending(model => model.Id, StringComparer.Ordinal).Select(model => model.Id)];
        var listed = new List<string>();
        for (string after = ""; _store.Models.List("a", after, 4) is { Count: > 0 } page; after = page[^1].Id)
        {
            listed.AddRange(page.Select(model => model.Id));
            foreach (ModelRecord model in page)
                _store.Models.Delete("a", model.Id);
        }

        Assert.Equal(25, expected.Length);
        Assert.Equal(expected, listed);
    }

    [Fact]
    public void List_AfterAnUnknownId_SaysWhatToDo()
    {
        RequestException refused = Assert.Throws<RequestException>(() => _store.Models.List("a", "nothing", 10));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.Equal("page_token: what it stands for is not here any more; begin again with the first page", refused.Message);
    }

    [Fact]
    public void Delete_OfWhatAJobNeeds_IsRefusedUntilItHasEnded()
    {
        _store.StoreModel("m1", 1);
        JobRecord job = _store.CreateJob(_store.Job("job-1", kind: JobKind.Generate, model: "m1"));

        RequestException refused = Assert.Throws<RequestException>(() => _store.Models.Delete("a", "m1"));
        Assert.Equal((StatusCode.FailedPrecondition, Reasons.InUse), (refused.Code, refused.Reason));
        Assert.Equal("model 'm1' is needed by job 'job-1', which has not ended; wait for its end, or cancel it first", refused.Message);

        _store.End(job, JobState.Cancelled);
        Assert.True(_store.Models.Delete("a", "m1"));
        Assert.DoesNotContain("m1.safetensors", _store.Files);
        Assert.False(_store.Models.Delete("a", "m1"));
    }

    [Fact]
    public void Write_AfterFlush_IsRefused()
    {
        using IModelUpload upload = _store.Models.Begin("a");
        upload.Content.Write("x"u8);
        upload.Flush();

        Assert.Throws<ObjectDisposedException>(() => upload.Content.Write("y"u8));
    }
}
