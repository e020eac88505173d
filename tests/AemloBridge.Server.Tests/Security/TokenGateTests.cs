using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Hosting;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Security;

public sealed class TokenGateTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _lab = AccessToken.Create();
    private readonly string _other = AccessToken.Create();
    private readonly string _tokens;
    private InProcessServer? _server;

    public TokenGateTests() => _tokens = _folder.Write("tokens", $"{AccessToken.Line("lab", _lab)}\n{AccessToken.Line("other", _other)}\n");

    private InProcessServer Server => _server!;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_WithAToken_IsItsTenants()
    {
        await StartAsync();

        Assert.Equal("lab", await TenantAsync($"Bearer {_lab}"));
        Assert.Equal("other", await TenantAsync($"bearer {_other}"));
    }

    [Theory]
    [InlineData(null, "needs a token")]
    [InlineData("Bearer", "needs a token")]
    [InlineData("Basic bGFiOng=", "needs a token")]
    [InlineData("Bearer aemlo_unknown-token-of-nobody", "is not known")]
    public async Task Call_WithoutAKnownToken_IsUnauthenticatedOnEveryService(string? header, string reason)
    {
        await StartAsync();
        Metadata headers = header is null ? [] : new Metadata { { "authorization", header } };
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        RpcException refused = await StatusAssert.FailsAsync(StatusCode.Unauthenticated, Reasons.Unauthenticated, () => TenantAsync(header));
        Assert.Contains(reason, refused.Status.Detail, StringComparison.Ordinal);
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, Reasons.Unauthenticated, async () =>
        {
            using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> upload = new DatasetService.DatasetServiceClient(Server.Channel).UploadDataset(headers, cancellationToken: cancellation);
            await upload.ResponseAsync;
        });
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, Reasons.Unauthenticated, async () =>
        {
            using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> reflection = new ServerReflection.ServerReflectionClient(Server.Channel).ServerReflectionInfo(headers, cancellationToken: cancellation);
            await reflection.ResponseStream.MoveNext(cancellation);
        });
        await HealthWatch.WaitForAsync(Server.Channel, HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public async Task Call_WithTwoTokens_IsUnauthenticated()
    {
        await StartAsync();
        var headers = new Metadata { { "authorization", $"Bearer {_lab}" }, { "authorization", $"Bearer {_other}" } };

        await StatusAssert.FailsAsync(
            StatusCode.Unauthenticated,
            Reasons.Unauthenticated,
            async () => await new ServerService.ServerServiceClient(Server.Channel).GetServerInfoAsync(new GetServerInfoRequest(), headers, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Upload_OfOneTenant_IsNotFoundByAnother()
    {
        await StartAsync();
        var client = new DatasetService.DatasetServiceClient(Server.Channel);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string digest = await UploadAsync(client, $"Bearer {_lab}");

        Assert.Equal(digest, (await client.FindDatasetAsync(new FindDatasetRequest { Digest = digest }, Bearer(_lab), cancellationToken: cancellation)).Dataset.Digest);
        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, async () => await client.FindDatasetAsync(new FindDatasetRequest { Digest = digest }, Bearer(_other), cancellationToken: cancellation));
        Assert.Empty((await client.ListDatasetsAsync(new ListDatasetsRequest(), Bearer(_other), cancellationToken: cancellation)).Datasets);
    }

    [Fact]
    public async Task Reload_ChangedFile_CountsFromTheNextCall_AndABrokenOneLeavesTheOldTokens()
    {
        await StartAsync();
        string added = AccessToken.Create();
        Reloader reloader = Server.Services.GetRequiredService<Reloader>();

        File.WriteAllText(_tokens, "lab:not-a-hash\n");
        reloader.Reload();
        Assert.Equal("lab", await TenantAsync($"Bearer {_lab}"));
        Assert.Contains(Server.Log.Events, logged => logged is { Level: LogLevel.Error, Id.Id: 5021 } && logged.Message.Contains($"{_tokens}:1", StringComparison.Ordinal));

        File.WriteAllText(_tokens, $"{AccessToken.Line("new", added)}\n");
        reloader.Reload();
        Assert.Equal("new", await TenantAsync($"Bearer {added}"));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, Reasons.Unauthenticated, () => TenantAsync($"Bearer {_lab}"));
    }

    [Fact]
    public async Task Log_AtItsMostTalkative_HoldsNoTokenAndNoValue()
    {
        await StartAsync(options => options with { LogLevel = LogThreshold.Trace });
        string stranger = AccessToken.Create();
        await UploadAsync(new DatasetService.DatasetServiceClient(Server.Channel), $"Bearer {_lab}");
        await Assert.ThrowsAsync<RpcException>(() => TenantAsync($"Bearer {stranger}"));

        Assert.Contains(Server.Log.Events, logged => logged.Id.Id == 5030);
        foreach (string secret in new[] { _lab, _other, stranger, "rare-label", "secret-column", "1234.5678" })
            Assert.DoesNotContain(Server.Log.Events, logged => logged.Message.Contains(secret, StringComparison.Ordinal) || logged.Exception?.ToString().Contains(secret, StringComparison.Ordinal) == true);
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<string> UploadAsync(DatasetService.DatasetServiceClient client, string header)
    {
        DataAttribute[] attributes = [DataAttribute.Numeric("secret-column"), DataAttribute.Nominal("rare-label", "0", "1")];
        var features = new FeatureMatrixBuilder(1, sparse: false);
        features.AddDenseRow([1234.5678]);
        var data = new MultiLabelDataset(new Data.DatasetSchema("secret-relation", attributes, [new LabelDefinition("rare-label", 1, 1)]), features.Build(), new LabelMatrix(1, 1));

        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = client.UploadDataset(new Metadata { { "authorization", header } }, cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(data) }, TestContext.Current.CancellationToken);
        foreach (RowBlock block in DatasetBlocks.Rows(data))
            await call.RequestStream.WriteAsync(new UploadDatasetRequest { Rows = block }, TestContext.Current.CancellationToken);
        await call.RequestStream.CompleteAsync();
        return (await call.ResponseAsync).Dataset.Digest;
    }

    private async Task<string> TenantAsync(string? header)
    {
        Metadata headers = header is null ? [] : new Metadata { { "authorization", header } };
        return (await new ServerService.ServerServiceClient(Server.Channel).GetServerInfoAsync(new GetServerInfoRequest(), headers, cancellationToken: TestContext.Current.CancellationToken)).Tenant;
    }

    private async Task StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var jobs = new StandInJobs();
        _server = await InProcessServer.StartAsync(
            new ServerParts { Engine = services => services.AddEmbeddedStorage().AddSingleton<IJobManager>(jobs) },
            options => (change ?? (same => same))(options with { TokenPath = _tokens }));
    }
}
