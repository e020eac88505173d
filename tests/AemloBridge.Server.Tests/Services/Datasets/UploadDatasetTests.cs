using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;
using ValueType = AemloBridge.Protocol.V1.ValueType;

namespace AemloBridge.Server.Tests.Services.Datasets;

public sealed class UploadDatasetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UploadDataset_OfGoodRows_IsStoredUnderItsDigestAndReadsBackTheSame(bool sparse)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        MultiLabelDataset data = Samples.Dataset(sparse: sparse);

        UploadDatasetResponse response = await Samples.UploadAsync(host.Datasets(), data, header => header.Digest = DatasetDigest.Of(data));

        Dataset stored = response.Dataset;
        Assert.False(response.Existed);
        Assert.Equal((DatasetDigest.Of(data), "sample", 40ul, 4u, 3u), (stored.Digest, stored.Name, stored.RowCount, stored.FeatureCount, stored.LabelCount));
        Assert.Equal(sparse ? FeatureLayout.Sparse : FeatureLayout.Dense, stored.Layout);
        Assert.True(stored.Expires.ToDateTimeOffset() > stored.Created.ToDateTimeOffset());
        string path = host.DatasetStore.FilePath(host.DatasetStore.Find("a", stored.Digest)!);
        Assert.Equal((ulong)new FileInfo(path).Length, stored.StoredBytes);
        AssertSame(data, DatasetFile.Read(path));
    }

    [Fact]
    public async Task UploadDataset_InSinglePrecision_IsStoredAsItCameAndWidensExactly()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        MultiLabelDataset data = Samples.Dataset();

        UploadDatasetResponse response = await Samples.UploadAsync(host.Datasets(), data, type: ValueType.Float32);

        MultiLabelDataset read = DatasetFile.Read(host.DatasetStore.FilePath(host.DatasetStore.Find("a", response.Dataset.Digest)!));
        for (int row = 0; row < data.RowCount; row++)
        {
            for (int column = 0; column < 4; column++)
                Assert.Equal((double)(float)data.Features[row, column], read.Features[row, column]);
        }

        Assert.Equal(DatasetDigest.Of(read), response.Dataset.Digest);
    }

    [Fact]
    public async Task UploadDataset_OfRowsThatAreStored_SaysSoHoweverTheyWereCut()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        UploadDatasetResponse first = await Samples.UploadAsync(host.Datasets(), Samples.Dataset(), maxBytes: 200);

        UploadDatasetResponse second = await Samples.UploadAsync(host.Datasets(), Samples.Dataset(), maxBytes: 100_000);

        Assert.True(second.Existed);
        Assert.Equal(first.Dataset.Digest, second.Dataset.Digest);
        Assert.Single(host.Files);
    }

    [Fact]
    public async Task UploadDataset_ByTwoTenants_IsNewToEach()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        await Samples.UploadAsync(host.Datasets("a"), Samples.Dataset());

        Assert.False((await Samples.UploadAsync(host.Datasets("b"), Samples.Dataset())).Existed);
    }

    [Fact]
    public async Task UploadDataset_WithAnotherDigest_IsDataLossAndLeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.FailsAsync(StatusCode.DataLoss, Reasons.DigestMismatch, () => Samples.UploadAsync(host.Datasets(), Samples.Dataset(), header => header.Digest = new string('0', 64)));

        Assert.Empty(host.Files);
    }

    public static TheoryData<string> Limited => ["bytes", "announced rows", "features", "labels"];

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task UploadDataset_BeyondALimit_IsResourceExhausted(string limit)
    {
        Limits limits = limit switch
        {
            "bytes" => new Limits { MaxDatasetBytes = 1000 },
            "announced rows" => new Limits { MaxRows = 39 },
            "features" => new Limits { MaxFeatures = 3 },
            _ => new Limits { MaxLabels = 2 },
        };
        await using ServiceHost host = await ServiceHost.StartAsync(limits);

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.TooLarge, () => Samples.UploadAsync(host.Datasets(), Samples.Dataset()));

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadDataset_BeyondTheTenantsQuota_IsResourceExhausted()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { TenantQuotaBytes = 1000 });

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.QuotaExceeded, () => Samples.UploadAsync(host.Datasets(), Samples.Dataset()));

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadDataset_WithAMessageAboveTheChunkLimit_IsResourceExhausted()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxChunkBytes = 1000 });

        await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.TooLarge, () => Samples.UploadAsync(host.Datasets(), Samples.Dataset(200), maxBytes: 100_000));

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadDataset_ThatPausesTooLong_IsDeadlineExceededAndLeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxUploadPause = TimeSpan.FromMilliseconds(200) });
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = host.Datasets().UploadDataset();
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Samples.Dataset()) });

        await StatusAssert.FailsAsync(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, async () => await call);

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadDataset_ThatNeverPausesLongButNeverEnds_IsDeadlineExceededAndLeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxUploadTime = TimeSpan.FromSeconds(1) });
        MultiLabelDataset data = Samples.Dataset(100_000);
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = host.Datasets().UploadDataset();
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(data) });

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, async () =>
        {
            Task<UploadDatasetResponse> answer = call.ResponseAsync;
            foreach (RowBlock block in DatasetBlocks.Rows(data, maxBytes: 100))
            {
                if (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken)) == answer)
                    break;
                try
                {
                    await call.RequestStream.WriteAsync(new UploadDatasetRequest { Rows = block });
                }
                catch (Exception ended) when (ended is RpcException or InvalidOperationException)
                {
                    break;
                }
            }

            await answer;
        });

        Assert.Contains("within 1 s", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task UploadDataset_AfterOthersThatWereTooSlow_IsServedOverTheSameConnection()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxUploadPause = TimeSpan.FromSeconds(1) });
        for (int round = 0; round < 3; round++)
        {
            using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = host.Datasets().UploadDataset();
            await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Samples.Dataset()) });
            await StatusAssert.FailsAsync(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, async () => await call);

            Assert.Equal(round > 0, (await Samples.UploadAsync(host.Datasets(), Samples.Dataset())).Existed);
        }
    }

    [Fact]
    public async Task UploadDataset_ThatIsCancelled_LeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = host.Datasets().UploadDataset(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Samples.Dataset()) });
        await Eventually.Async(() => host.Files.Count == 1);

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        await Eventually.Async(() => host.Files.Count == 0);
        Assert.DoesNotContain(host.Log.Events, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task UploadDataset_WhoseDeadlinePasses_LeavesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = host.Datasets().UploadDataset(deadline: DateTime.UtcNow.AddSeconds(1));
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Samples.Dataset()) });

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        await Eventually.Async(() => host.Files.Count == 0);
    }

    [Fact]
    public async Task UploadDataset_OnAFullDisk_IsResourceExhausted()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(change: services => FullDisk.Install(services));

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.DiskFull, () => Samples.UploadAsync(host.Datasets(), Samples.Dataset()));

        Assert.DoesNotContain("/secret", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static void AssertSame(MultiLabelDataset expected, MultiLabelDataset actual)
    {
        Assert.Equal(expected.Schema.Attributes.Select(attribute => (attribute.Name, attribute.Kind)), actual.Schema.Attributes.Select(attribute => (attribute.Name, attribute.Kind)));
        Assert.Equal(expected.Features.IsSparse, actual.Features.IsSparse);
        for (int row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(Enumerable.Range(0, 4).Select(column => expected.Features[row, column]), Enumerable.Range(0, 4).Select(column => actual.Features[row, column]));
            Assert.Equal(Enumerable.Range(0, 3).Select(label => expected.Labels[row, label]), Enumerable.Range(0, 3).Select(label => actual.Labels[row, label]));
        }
    }
}
