using System.Collections;
using AemloBridge.Aemlo.Models;
using AemloBridge.Server.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AemloBridge.Server.Telemetry;

/// <summary>Sends metrics and traces to an OTLP collector, when there is one.</summary>
internal static class TelemetryExport
{
    private const string ServiceName = "aemlo-server";
    private const string Prefix = "OTEL_";

    // The standard variables; what they say of intervals, headers and certificates the exporter reads by itself.
    private static readonly string[] EndpointVariables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <summary>Where telemetry goes; null for nowhere.</summary>
    public static string? Endpoint(ServerOptions options) =>
        options.OtlpEndpoint ?? EndpointVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>Sets up the export where an endpoint is known.</summary>
    public static void Add(IServiceCollection services, IConfigurationBuilder configuration, ServerOptions options)
    {
        if (Endpoint(options) is null)
            return;
        // The exporter looks for the standard variables in the host's configuration, which is otherwise empty.
        configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: ProgramVersion.Current))
            .WithMetrics(metrics => metrics
                .AddMeter(ServerTelemetry.Name)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter((exporter, _) => Configure(exporter, options, "v1/metrics")))
            .WithTracing(traces => traces
                .AddSource(ServerTelemetry.Name)
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(exporter => Configure(exporter, options, "v1/traces")));
    }

    private static void Configure(OtlpExporterOptions exporter, ServerOptions options, string path)
    {
        if (options.OtlpEndpoint is not { } endpoint)
            return;
        exporter.Protocol = options.OtlpProtocol == OtlpProtocol.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // The exporter adds the path by itself only to an endpoint from the environment.
        exporter.Endpoint = options.OtlpProtocol == OtlpProtocol.Http ? new Uri($"{endpoint.TrimEnd('/')}/{path}") : new Uri(endpoint);
    }
}
