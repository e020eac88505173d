using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;

namespace AemloBridge.Client.Tests.RealServer;

/// <summary>The client against the server itself, over a socket.</summary>
public class RealServerTests
{
    private static readonly MultiLabelDataset Data = TestData.Mixed(sparse: true);

    private static readonly AemloOptions Small = AemloPresets.Default with { Epochs = 4, Hidden = 16, Latent = 8, Threads = 1, Device = DeviceKind.Cpu, Seed = 5, Num = 20 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Oversample_ServerKilledAndStartedAgain_GivesWhatAnUndisturbedJobGives()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a socket file keeps its address over a restart");
        using var folder = new TempFolder();
        await using RunningServer server = await RunningServer.StartAsync("--listen", $"unix:{folder.File("s")}");
        // Pauses that a loaded machine's restart fits in.
        using var client = AemloClient.Connect(server.Address, new AemloClientOptions { Retries = 60, MaxRetryDelay = TimeSpan.FromSeconds(2) });
        AemloOptions longer = Small with { Epochs = 1500 };
        ResamplingOutcome undisturbed = await client.OversampleAsync(Data, longer, cancellationToken: Cancellation);
        var begun = new TaskCompletionSource();
        var epochs = new Told<EpochReport>(_ => begun.TrySetResult());
        var notices = new Told<JobNotice>();

        Task<ResamplingOutcome> running = client.OversampleAsync(Data, longer, epochs, new JobSettings { Notices = notices }, Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        await server.KillAsync();
        await server.RestartAsync();
        ResamplingOutcome outcome = await running;

        Assert.Contains(notices.Values, notice => notice.Kind == JobNoticeKind.Reconnecting);
        Assert.Equal(undisturbed.Recipe.NewRows.SeedRows, outcome.Recipe.NewRows.SeedRows);
        DatasetAssert.EqualRows(Rows(undisturbed), 0, Rows(outcome), 0, 20);
        Assert.Equal(1500, epochs.Values[^1].Epoch);
    }

    [Fact]
    public async Task Everything_OnOneServer_IsStoredFoundAndDeleted()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AemloClient client = AemloClient.Connect(server.Address);

        GetServerInfoResponse info = await client.GetServerInfoAsync(Cancellation);
        Dataset stored = await client.UploadAsync(Data, "mixed", Cancellation);
        Imbalance.ImbalanceReport analysis = await client.AnalyzeAsync(Data, Small, Cancellation);
        TrainingOutcome trained = await client.TrainAsync(Data, Small, "a model", cancellationToken: Cancellation);
        ResamplingOutcome fromData = await client.GenerateAsync(trained.ModelId, Small, Data, cancellationToken: Cancellation);
        ResamplingOutcome alone = await client.Jobs.GenerateAsync(trained.ModelId, Small, cancellationToken: Cancellation);
        using var file = new MemoryStream();
        ModelFileHeader header = await client.Models.DownloadAsync(trained.ModelId, file, Cancellation);
        Model again = await client.Models.UploadAsync(file, "the same", Cancellation);

        Assert.Contains(info.Devices, device => device.Name == "cpu");
        Assert.Equal("mixed", Assert.Single(await client.Datasets.ListAsync(Cancellation).ToArrayAsync(Cancellation)).Name);
        Assert.Equal(ImbalanceMeasures.Compute(Data.Schema, Data.Labels, Small).MeanIR, analysis.MeanIR);
        DatasetAssert.EqualRows(Rows(fromData), 0, Rows(alone), 0, 20);
        DatasetAssert.EqualSchema(Data.Schema, alone.Schema);
        Assert.Equal((trained.ModelId, "a model"), (again.Id, header.Name));
        Assert.Equal(3, await client.Jobs.ListAsync([JobState.Succeeded], cancellationToken: Cancellation).CountAsync(Cancellation));
        Assert.Equal(Data.Schema.FeatureCount, (int)again.FeatureCount);
        await client.Models.DeleteAsync(trained.ModelId, Cancellation);
        await client.Datasets.DeleteAsync(stored.Digest, Cancellation);
        Assert.Null(await client.Datasets.FindAsync(stored.Digest, Cancellation));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<AemloServerException>(() => client.Models.DownloadAsync(trained.ModelId, new MemoryStream(), Cancellation))).Code);
    }

    [Fact]
    public async Task Oversample_SameRequestTwice_IsOneJob()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AemloClient client = AemloClient.Connect(server.Address);
        var settings = new JobSettings { RequestId = "once" };

        ResamplingOutcome[] both = await Task.WhenAll(
            client.OversampleAsync(Data, Small with { Seed = null }, null, settings, Cancellation),
            client.OversampleAsync(Data, Small with { Seed = null }, null, settings, Cancellation));
        ResamplingOutcome watched = await client.Jobs.WatchAsync(both[0].Report.JobId, Data.Schema, cancellationToken: Cancellation);

        Assert.Equal(both[0].Report.JobId, both[1].Report.JobId);
        DatasetAssert.EqualRows(Rows(both[0]), 0, Rows(both[1]), 0, 20);
        DatasetAssert.EqualRows(Rows(both[0]), 0, Rows(watched), 0, 20);
        Assert.Equal(1, await client.Jobs.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Small, null, settings, Cancellation));
        Assert.Equal(StatusCode.AlreadyExists, error.Code);
    }

    [Fact]
    public async Task Oversample_TimeLimitOver_EndsTheJobWithTheServersReason()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using AemloClient client = AemloClient.Connect(server.Address);

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() =>
            client.OversampleAsync(Data, Small with { Epochs = 1_000_000 }, null, new JobSettings { TimeLimit = TimeSpan.FromSeconds(1) }, Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Code);
        Assert.NotNull(error.JobId);
        Assert.Equal(JobState.Cancelled, (await client.Jobs.GetAsync(error.JobId, Cancellation))!.State);
    }

    private static MultiLabelDataset Rows(ResamplingOutcome outcome) =>
        new(Data.Schema, outcome.Recipe.NewRows.Features, outcome.Recipe.NewRows.Labels, outcome.Recipe.NewRows.Weights);
}
