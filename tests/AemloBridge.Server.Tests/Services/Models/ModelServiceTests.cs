using System.Security.Cryptography;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Models;

public sealed class ModelServiceTests
{
    [Fact]
    public async Task UploadModel_OfAModelFile_SaysWhatItIs()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        UploadModelResponse response = await Samples.UploadAsync(host.Models(), Samples.ModelBytes);

        Model model = response.Model;
        Assert.False(response.Existed);
        Assert.Equal(("sample model", Sha256(Samples.ModelBytes), (ulong)Samples.ModelBytes.Length, ""), (model.Name, model.Sha256, model.ByteCount, model.DatasetDigest));
        Assert.Equal((4u, 3u), (model.FeatureCount, model.LabelCount));
        Assert.True(model.SeedRowCount > 0);
        Assert.Equal(MethodContract.ToMessage(Samples.ModelTraining), model.Method);
    }

    [Fact]
    public async Task UploadModel_OfAFileThatIsStored_GivesTheStoredOne()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        UploadModelResponse first = await Samples.UploadAsync(host.Models(), Samples.ModelBytes);

        UploadModelResponse second = await Samples.UploadAsync(host.Models(), Samples.ModelBytes, header => header.Sha256 = Sha256(Samples.ModelBytes), partBytes: 100_000);

        Assert.True(second.Existed);
        Assert.Equal(first.Model.Id, second.Model.Id);
        Assert.Single(host.Files);
    }

    [Fact]
    public async Task DownloadModel_OfAnUploadedOne_GivesItsBytesInPartsBelowAMebibyte()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        Model model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model;

        (ModelFileHeader header, byte[] content, int largest) = await DownloadAsync(host, model.Id);

        Assert.Equal((model.Name, model.ByteCount, model.Sha256), (header.Name, header.ByteCount, header.Sha256));
        Assert.Equal(Samples.ModelBytes, content);
        Assert.True(largest < 1 << 20);
    }

    [Fact]
    public async Task EveryCallOfAModel_ByAnotherTenant_IsNotFoundInTheWordsForNone()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string theirs = (await Samples.UploadAsync(host.Models("b"), Samples.ModelBytes)).Model.Id;
        string nobodys = new('e', 32);
        Func<string, Task>[] calls =
        [
            id => DownloadAsync(host, id),
            async id => await host.Models().DeleteModelAsync(new DeleteModelRequest { ModelId = id }),
            async id => await host.JobCalls().Generate(new GenerateRequest { ModelId = id }).ResponseStream.MoveNext(TestContext.Current.CancellationToken),
        ];
        foreach (Func<string, Task> call in calls)
        {
            RpcException other = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(theirs));
            RpcException none = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(nobodys));
            Assert.Equal(none.Status.Detail.Replace(nobodys, "X", StringComparison.Ordinal), other.Status.Detail.Replace(theirs, "X", StringComparison.Ordinal));
            await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call("../" + new string('x', 10_000)));
            await StatusAssert.InvalidAsync("model_id", () => call(""));
        }

        Assert.Empty((await host.Models().ListModelsAsync(new ListModelsRequest())).Models);
        Assert.Single((await host.Models("b").ListModelsAsync(new ListModelsRequest())).Models);
    }

    [Fact]
    public async Task DeleteModel_OfAStoredOne_RemovesIt()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;

        await host.Models().DeleteModelAsync(new DeleteModelRequest { ModelId = id });

        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => DownloadAsync(host, id));
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task DeleteModel_ThatAJobNeeds_IsFailedPrecondition()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;
        using AsyncServerStreamingCall<GenerateResponse> job = host.JobCalls().Generate(new GenerateRequest { ModelId = id });
        Assert.True(await job.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, Reasons.InUse, async () => await host.Models().DeleteModelAsync(new DeleteModelRequest { ModelId = id }));
    }

    [Fact]
    public async Task UploadModel_WithAnotherDigest_IsDataLossAndLeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.FailsAsync(StatusCode.DataLoss, Reasons.DigestMismatch, () => Samples.UploadAsync(host.Models(), Samples.ModelBytes, header => header.Sha256 = new string('0', 64)));

        Assert.Empty(host.Files);
    }

    public static TheoryData<string, string> BadStreams => new()
    {
        { "nothing", "header" },
        { "content first", "header" },
        { "two headers", "content" },
        { "empty content", "content" },
        { "no bytes announced", "header.byte_count" },
        { "bytes missing", "header.byte_count" },
        { "too many bytes", "header.byte_count" },
        { "bad digest", "header.sha256" },
        { "long name", "header.name" },
        { "no model", "content" },
        { "cut header", "content" },
        { "another program's", "content" },
    };

    [Theory]
    [MemberData(nameof(BadStreams))]
    public async Task UploadModel_ThatIsNoModel_NamesTheFieldAndNoPathAndLeavesNothing(string what, string field)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        string description = await StatusAssert.InvalidAsync(field, () => Samples.UploadAsync(host.Models(), Bad(what)));

        Assert.DoesNotContain(host.Folder, description, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Theory]
    [InlineData(3, 0, "4 features")]
    [InlineData(4, 2, "3 labels")]
    public async Task UploadModel_TrainedOnMoreColumnsThanDataMayHave_IsResourceExhausted(int features, int labels, string what)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxFeatures = features, MaxLabels = labels });

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.TooLarge, () => Samples.UploadAsync(host.Models(), Samples.ModelBytes));

        Assert.Contains(what, exception.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadModel_BeyondTheLimit_IsResourceExhausted()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxModelBytes = 100 });

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.TooLarge, () => Samples.UploadAsync(host.Models(), Samples.ModelBytes));
    }

    [Fact]
    public async Task UploadModel_ThatPausesTooLong_IsDeadlineExceededAndLeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxUploadPause = TimeSpan.FromMilliseconds(200) });
        using AsyncClientStreamingCall<UploadModelRequest, UploadModelResponse> call = host.Models().UploadModel();
        await call.RequestStream.WriteAsync(new UploadModelRequest { Header = new ModelFileHeader { ByteCount = 5 } });

        await StatusAssert.FailsAsync(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, async () => await call);

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadModel_ThatIsCancelled_LeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncClientStreamingCall<UploadModelRequest, UploadModelResponse> call = host.Models().UploadModel();
        await call.RequestStream.WriteAsync(new UploadModelRequest { Header = new ModelFileHeader { ByteCount = 5 } });
        await Eventually.Async(() => host.Files.Count == 1);

        call.Dispose();

        await Eventually.Async(() => host.Files.Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadModel_LeftHalfWay_EndsOnTheServerToo(bool byDeadline)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        // What one connection's window cannot take, so that the server must wait for its reader.
        ModelRecord large = Store(host.Get<IModelStore>(), bytes: 64 << 20);
        // The first call of a server takes longer than those after it.
        await host.Models().ListModelsAsync(new ListModelsRequest());
        using var leaving = new CancellationTokenSource();
        using AsyncServerStreamingCall<DownloadModelResponse> call = host.Models().DownloadModel(
            new DownloadModelRequest { ModelId = large.Id },
            deadline: byDeadline ? DateTime.UtcNow.AddSeconds(4) : null,
            cancellationToken: leaving.Token);
        Assert.True(await call.ResponseStream.MoveNext(leaving.Token));
        if (!byDeadline)
            await leaving.CancelAsync();

        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));

        Assert.True(host.Sent.Of("aemlo.downloads.bytes model") < 64 << 20);
        await host.Models().DeleteModelAsync(new DeleteModelRequest { ModelId = large.Id });
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task ListModels_InPages_GivesEachOnce()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;

        ListModelsResponse page = await host.Models().ListModelsAsync(new ListModelsRequest { PageSize = 1 });

        Assert.Equal(id, Assert.Single(page.Models).Id);
        Assert.Equal("", page.NextPageToken);
        await StatusAssert.InvalidAsync("page_token", async () => await host.Models().ListModelsAsync(new ListModelsRequest { PageToken = "ZGF0YXNldHM6YWJj" }));
    }

    private static async Task<(ModelFileHeader Header, byte[] Content, int Largest)> DownloadAsync(ServiceHost host, string id)
    {
        using AsyncServerStreamingCall<DownloadModelResponse> call = host.Models().DownloadModel(new DownloadModelRequest { ModelId = id });
        using var content = new MemoryStream();
        ModelFileHeader? header = null;
        int largest = 0;
        await foreach (DownloadModelResponse part in call.ResponseStream.ReadAllAsync())
        {
            largest = Math.Max(largest, part.CalculateSize());
            header ??= part.Header;
            part.Content.WriteTo(content);
        }

        return (header!, content.ToArray(), largest);
    }

    private static List<UploadModelRequest> Bad(string what)
    {
        byte[] file = what switch
        {
            "no model" => [.. "this is no model file at all"u8],
            "cut header" => Samples.ModelBytes[..100],
            "another program's" => Safetensors("""{"__metadata__":{"format":"pt"}}"""),
            _ => Samples.ModelBytes,
        };
        var header = new ModelFileHeader { ByteCount = (ulong)file.Length };
        List<UploadModelRequest> messages = [new() { Header = header }, .. file.Chunk(1000).Select(part => new UploadModelRequest { Content = ByteString.CopyFrom(part) })];
        switch (what)
        {
            case "nothing":
                return [];
            case "content first":
                messages.RemoveAt(0);
                break;
            case "two headers":
                messages.Insert(1, messages[0]);
                break;
            case "empty content":
                messages.Insert(1, new UploadModelRequest { Content = ByteString.Empty });
                break;
            case "no bytes announced":
                header.ByteCount = 0;
                break;
            case "bytes missing":
                messages.RemoveAt(messages.Count - 1);
                break;
            case "too many bytes":
                messages.Add(messages[^1]);
                break;
            case "bad digest":
                header.Sha256 = "abc";
                break;
            case "long name":
                header.Name = new string('n', 201);
                break;
        }

        return messages;
    }

    private static byte[] Safetensors(string header) => [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header)];

    private static ModelRecord Store(IModelStore store, int bytes)
    {
        using IModelUpload upload = store.Begin("a");
        upload.Content.Write(new byte[bytes]);
        return upload.Commit(new ModelRecord("a", "large", "", new string('0', 64), bytes, "", "aemlo", new Dictionary<string, string>(), 1, 1, 1, default, default), out _);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
