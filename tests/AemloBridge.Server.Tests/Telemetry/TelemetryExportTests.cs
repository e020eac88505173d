using AemloBridge.Protocol.V1;
using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    private const string HttpMetrics = "/v1/metrics";
    private const string HttpTraces = "/v1/traces";
    private const string GrpcMetrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string GrpcTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static readonly Dictionary<string, string> Often = new() { ["OTEL_METRIC_EXPORT_INTERVAL"] = "500", ["OTEL_BSP_SCHEDULE_DELAY"] = "500" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_ToACollector_SendsMetricsAndTracesWithoutSecrets(bool grpc)
    {
        using var folder = new TempFolder();
        string token = AccessToken.Create();
        string tokens = folder.Write("tokens", AccessToken.Line("lab", token));
        await using TestCollector collector = await TestCollector.StartAsync(grpc);
        await using RunningServer server = await RunningServer.StartAsync(["--otlp", collector.Address, "--otlp-protocol", grpc ? "grpc" : "http", "--tokens", tokens], Often);

        await new ServerService.ServerServiceClient(server.Channel).GetServerInfoAsync(new GetServerInfoRequest(), new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<RpcException>(async () => await new ServerService.ServerServiceClient(server.Channel).GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken));

        string traces = await collector.WaitForAsync(grpc ? GrpcTraces : HttpTraces, "aemlo-server", "aemlo.v1.ServerService/GetServerInfo");
        string metrics = await collector.WaitForAsync(grpc ? GrpcMetrics : HttpMetrics, "aemlo-server", "AemloBridge.Server", "aemlo.calls.unauthenticated", "http.server.request.duration", "dotnet.");
        Assert.DoesNotContain(token, traces + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EndpointFromTheStandardVariable_CountsToo()
    {
        await using TestCollector collector = await TestCollector.StartAsync(grpc: false);
        var environment = new Dictionary<string, string>(Often) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };
        await using RunningServer server = await RunningServer.StartAsync([], environment);

        await collector.WaitForAsync(HttpMetrics, "aemlo-server");
    }

    [Fact]
    public async Task Export_CollectorThatIsNotThere_DoesNotKeepTheServerFromWorkingOrEnding()
    {
        await using RunningServer server = await RunningServer.StartAsync(["--otlp", "http://127.0.0.1:1"], Often);

        Assert.Equal("default", (await new ServerService.ServerServiceClient(server.Channel).GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken)).Tenant);
        Assert.Equal(0, await server.StopAsync());
    }
}
