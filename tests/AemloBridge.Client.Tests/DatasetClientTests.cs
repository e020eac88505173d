using AemloBridge.Aemlo.Options;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Tests;

public class DatasetClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_DataSet_ArrivesInSmallMessagesAndIsNotSentTwice(bool sparse)
    {
        MultiLabelDataset data = TestData.Mixed(rows: 300, sparse: sparse);
        await using FakeServer server = await FakeServer.StartAsync();
        using AemloClient client = server.Connect(FakeServer.Fast with { UploadChunkBytes = 2000 });

        Protocol.V1.Dataset first = await client.UploadAsync(data, "a name", Cancellation);
        Protocol.V1.Dataset second = await client.UploadAsync(data, "another", Cancellation);

        Assert.Equal(DatasetDigest.Of(data), first.Digest);
        Assert.Equal(first.Digest, second.Digest);
        DatasetAssert.Equal(data, server.Datasets.Stored[first.Digest]);
        Assert.Equal(["a name"], server.Datasets.Names);
        Assert.True(server.Datasets.MessageSizes.Count > 4);
        Assert.All(server.Datasets.MessageSizes.Skip(1), size => Assert.InRange(size, 1, 2100));
    }

    [Fact]
    public async Task Upload_ConnectionLostInTheMiddle_IsSentAgain()
    {
        MultiLabelDataset data = TestData.Numeric(rows: 200);
        await using FakeServer server = await FakeServer.StartAsync();
        int messages = 0;
        server.Datasets.BeforeMessage = (upload, context) =>
        {
            if (upload <= 2 && ++messages % 3 == 0)
                context.GetHttpContext().Abort();
            return Task.CompletedTask;
        };
        using AemloClient client = server.Connect(FakeServer.Fast with { UploadChunkBytes = 2000 });

        await client.UploadAsync(data, cancellationToken: Cancellation);

        Assert.Equal(3, server.Datasets.Uploads);
        DatasetAssert.Equal(data, Assert.Single(server.Datasets.Stored).Value);
    }

    [Fact]
    public async Task Upload_RefusedWhileItIsSent_GivesTheServersReason()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Datasets.BeforeMessage = (_, _) => throw new RpcException(new Status(StatusCode.ResourceExhausted, "the quota of 1 GiB is used up"));
        using AemloClient client = server.Connect(FakeServer.Fast with { UploadChunkBytes = 2000 });

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.UploadAsync(TestData.Numeric(rows: 2000), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, error.Code);
        Assert.Contains("the quota of 1 GiB is used up", error.Message);
        Assert.Equal(1, server.Datasets.Uploads);
    }

    [Fact]
    public async Task Upload_AnswerWithAnotherDigest_IsABadAnswer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Datasets.Lie = new string('0', 64);
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.UploadAsync(TestData.Numeric(), cancellationToken: Cancellation));

        Assert.Equal(AemloServerException.BadAnswer, error.Reason);
    }

    [Fact]
    public async Task Upload_Cancelled_ThrowsOperationCanceledAndStoresNothing()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Datasets.BeforeMessage = async (_, context) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using AemloClient client = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.UploadAsync(TestData.Numeric(), cancellationToken: cancel.Token));

        Assert.Empty(server.Datasets.Stored);
    }

    [Fact]
    public async Task Send_SlowServer_MakesNoMessageBeforeThereIsRoom()
    {
        const int Messages = 40;
        await using FakeServer server = await FakeServer.StartAsync();
        int made = 0, read = 0, most = 0;
        server.Datasets.BeforeMessage = (_, _) =>
        {
            most = Math.Max(most, Volatile.Read(ref made) - read++);
            return Task.CompletedTask;
        };
        using AemloClient client = server.Connect();
        // Twice the window of an HTTP/2 stream each, so that one cannot be sent before the server reads the one before.
        MultiLabelDataset data = TestData.Numeric(rows: 5000, features: 30);
        RowBlock block = DatasetBlocks.Rows(data, maxBytes: int.MaxValue).First();
        DatasetHeader header = DatasetBlocks.Header(data);
        header.RowCount *= Messages;
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = new DatasetService.DatasetServiceClient(client.Invoker).UploadDataset(cancellationToken: Cancellation);

        await Sending.AllAsync(call, Requests(), Cancellation);

        Assert.Equal(Messages + 1, made);
        Assert.InRange(most, 1, 6);

        IEnumerable<UploadDatasetRequest> Requests()
        {
            Interlocked.Increment(ref made);
            yield return new UploadDatasetRequest { Header = header };
            for (int message = 0; message < Messages; message++)
            {
                Interlocked.Increment(ref made);
                yield return new UploadDatasetRequest { Rows = block };
            }
        }
    }

    [Fact]
    public async Task ListAndDelete_DataSets_GoThroughEveryPage()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using AemloClient client = server.Connect();
        string[] digests = [.. Enumerable.Range(1, 3).Select(seed => DatasetDigest.Of(TestData.Numeric(seed: seed))).Order(StringComparer.Ordinal)];
        for (int seed = 1; seed <= 3; seed++)
            await client.UploadAsync(TestData.Numeric(seed: seed), cancellationToken: Cancellation);

        Assert.Equal(digests, await client.Datasets.ListAsync(Cancellation).Select(dataset => dataset.Digest).ToArrayAsync(Cancellation));
        await client.Datasets.DeleteAsync(digests[1], Cancellation);
        Assert.Null(await client.Datasets.FindAsync(digests[1], Cancellation));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<AemloServerException>(() => client.Datasets.DeleteAsync(digests[1], Cancellation))).Code);
    }

    [Fact]
    public async Task Analyze_DataSet_SendsTheRuleAndGivesTheReport()
    {
        MultiLabelDataset data = TestData.Numeric();
        AemloOptions options = AemloPresets.Default with { MinorityCut = 3.5 };
        await using FakeServer server = await FakeServer.StartAsync();
        server.Datasets.Analysis = ImbalanceMeasures.Compute(data.Schema, data.Labels, options);
        using AemloClient client = server.Connect();

        Imbalance.ImbalanceReport report = await client.AnalyzeAsync(data, options, Cancellation);

        Assert.Equal(server.Datasets.Analysis.Labels, report.Labels);
        Assert.Equal(server.Datasets.Analysis.MeanIR, report.MeanIR);
        Assert.Equal(("3.5", "imr+irlbl", 2), (server.Datasets.Analyzed!.Options["minority-cut"], server.Datasets.Analyzed.Options["minority-rule"], server.Datasets.Analyzed.Options.Count));
    }
}
