using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Services;
using AemloBridge.Server.Services.Datasets;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Datasets;

public sealed class DatasetServiceTests
{
    private static readonly string Nobodys = new('e', 64);

    [Fact]
    public async Task FindDataset_OfTheTenant_GivesIt()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        Dataset stored = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset;

        Dataset found = (await host.Datasets().FindDatasetAsync(new FindDatasetRequest { Digest = stored.Digest })).Dataset;

        Assert.Equal((stored.Digest, stored.Name, stored.StoredBytes), (found.Digest, found.Name, found.StoredBytes));
    }

    [Fact]
    public async Task EveryCallOfADataset_ByAnotherTenant_IsNotFoundInTheWordsForNone()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string theirs = (await Samples.UploadAsync(host.Datasets("b"), Samples.Dataset())).Dataset.Digest;
        Func<string, Task>[] calls =
        [
            async digest => await host.Datasets().FindDatasetAsync(new FindDatasetRequest { Digest = digest }),
            async digest => await host.Datasets().DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest }),
            async digest => await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = digest }),
        ];
        foreach (Func<string, Task> call in calls)
        {
            RpcException other = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(theirs));
            RpcException none = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => call(Nobodys));
            Assert.Equal(none.Status.Detail.Replace(Nobodys, "X", StringComparison.Ordinal), other.Status.Detail.Replace(theirs, "X", StringComparison.Ordinal));
        }

        Assert.Empty((await host.Datasets().ListDatasetsAsync(new ListDatasetsRequest())).Datasets);
        Assert.Single((await host.Datasets("b").ListDatasetsAsync(new ListDatasetsRequest())).Datasets);
    }

    [Fact]
    public async Task EveryCallOfADataset_WithoutADigest_NamesTheField()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.InvalidAsync("digest", async () => await host.Datasets().FindDatasetAsync(new FindDatasetRequest()));
        await StatusAssert.InvalidAsync("digest", async () => await host.Datasets().FindDatasetAsync(new FindDatasetRequest { Digest = "../../etc/passwd" }));
        await StatusAssert.InvalidAsync("digest", async () => await host.Datasets().DeleteDatasetAsync(new DeleteDatasetRequest { Digest = Nobodys.ToUpperInvariant() }));
        await StatusAssert.InvalidAsync("dataset_digest", async () => await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = "1" }));
    }

    [Fact]
    public async Task ListDatasets_InPages_GivesEachOnceInTheOrderOfDigests()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var digests = new List<string>();
        for (int seed = 0; seed < 7; seed++)
            digests.Add((await Samples.UploadAsync(host.Datasets(), Samples.Dataset(5, seed))).Dataset.Digest);

        var listed = new List<string>();
        var sizes = new List<int>();
        string token = "";
        do
        {
            ListDatasetsResponse page = await host.Datasets().ListDatasetsAsync(new ListDatasetsRequest { PageSize = 3, PageToken = token });
            listed.AddRange(page.Datasets.Select(dataset => dataset.Digest));
            sizes.Add(page.Datasets.Count);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(digests.Order(StringComparer.Ordinal), listed);
        Assert.Equal([3, 3, 1], sizes);
    }

    [Theory]
    [InlineData("page_size", 1001u, "")]
    [InlineData("page_token", 0u, "x")]
    [InlineData("page_token", 0u, "!!")]
    [InlineData("page_token", 0u, "am9iczphYmM")]
    public async Task ListDatasets_WithABadPage_NamesTheField(string field, uint size, string token)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.InvalidAsync(field, async () => await host.Datasets().ListDatasetsAsync(new ListDatasetsRequest { PageSize = size, PageToken = token }));
    }

    [Fact]
    public async Task DeleteDataset_OfAStoredOne_RemovesItAndItsFile()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;

        await host.Datasets().DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest });

        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, async () => await host.Datasets().FindDatasetAsync(new FindDatasetRequest { Digest = digest }));
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task DeleteDataset_ThatAJobNeeds_IsFailedPrecondition()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;
        using AsyncServerStreamingCall<TrainResponse> job = host.JobCalls().Train(new TrainRequest { DatasetDigest = digest });
        Assert.True(await job.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, Reasons.InUse, async () => await host.Datasets().DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest }));
    }

    [Theory]
    [InlineData("irlbl", null)]
    [InlineData("imr+irlbl", "3.5")]
    [InlineData("all", null)]
    [InlineData(null, null)]
    public async Task Analyze_WithARule_MeasuresAsTheCoreDoes(string? rule, string? cut)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        MultiLabelDataset data = Samples.Dataset(120);
        string digest = (await Samples.UploadAsync(host.Datasets(), data)).Dataset.Digest;
        var request = new AnalyzeRequest { DatasetDigest = digest };
        AemloOptions options = AemloPresets.Default;
        if (rule is not null)
        {
            request.Options["minority-rule"] = rule;
            options = AemloOptionCatalog.Get("minority-rule").Apply(options, rule);
        }

        if (cut is not null)
        {
            request.Options["minority-cut"] = cut;
            options = AemloOptionCatalog.Get("minority-cut").Apply(options, cut);
        }

        AemloBridge.Protocol.V1.ImbalanceReport report = (await host.Datasets().AnalyzeAsync(request)).Report;

        AemloBridge.Imbalance.ImbalanceReport expected = ImbalanceMeasures.Compute(data.Schema, data.Labels, options);
        Assert.Equal((120ul, expected.MeanIR, expected.Cvir, expected.Scumble, (ulong)expected.MinorityRows), (report.RowCount, report.MeanIr, report.Cvir, report.Scumble, report.MinorityRows));
        Assert.Equal(expected.Labels.Select(label => (label.Name, (ulong)label.Positives, label.IsMinority)), report.Labels.Select(label => (label.Name, label.Positives, label.Minority)));
    }

    [Fact]
    public async Task Analyze_OfMoreLabelsThanTheMemoryForThem_IsResourceExhaustedAndReadsNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        const int Rows = 10_000_000, Labels = 1000;
        Assert.Equal(Rows * 16L * 8, LabelAnalysis.Bytes(Rows, Labels));
        string digest = new('d', 64);
        using (IDatasetUpload upload = host.DatasetStore.Begin("a"))
        {
            upload.Content.WriteByte(1);
            upload.Commit(new DatasetRecord("a", digest, "large", Rows, 5, Labels, false, 0, 1, default, default), out _);
        }

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.TooLarge, async () => await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = digest }));
    }

    [Theory]
    [InlineData("minority-rule", "some")]
    [InlineData("minority-cut", "0.5")]
    [InlineData("minority-cut", "much")]
    [InlineData("epochs", "5")]
    [InlineData("no-such", "5")]
    public async Task Analyze_WithABadOption_NamesIt(string name, string value)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;

        await StatusAssert.InvalidAsync($"options[{name}]", async () => await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = digest, Options = { [name] = value } }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Analyze_LeftWhileOthersHaveItsTurn_NeverReads(bool byDeadline)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;
        using var release = new ManualResetEventSlim();
        Task<bool>[] others = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => host.Get<HeavyReads>().RunAsync(() => release.Wait(Timeout.Infinite, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken))];
        using var leaving = new CancellationTokenSource();
        using AsyncUnaryCall<AnalyzeResponse> call = host.Datasets().AnalyzeAsync(
            new AnalyzeRequest { DatasetDigest = digest },
            deadline: byDeadline ? DateTime.UtcNow.AddSeconds(1) : null,
            cancellationToken: leaving.Token);
        if (!byDeadline)
            leaving.CancelAfter(TimeSpan.FromMilliseconds(200));

        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));
        release.Set();
        await Task.WhenAll(others);

        Assert.Equal(byDeadline ? StatusCode.DeadlineExceeded : StatusCode.Cancelled, exception.StatusCode);
        Assert.Equal(40ul, (await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = digest })).Report.RowCount);
    }

    [Fact]
    public async Task Analyze_OfADamagedFile_IsAnIncidentAndNoFaultOfTheRequest()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Dataset.Digest;
        string path = host.DatasetStore.FilePath(host.DatasetStore.Find("a", digest)!);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        await StatusAssert.FailsAsync(StatusCode.Internal, Reasons.Internal, async () => await host.Datasets().AnalyzeAsync(new AnalyzeRequest { DatasetDigest = digest }));
    }
}
