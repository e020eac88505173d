using System.Diagnostics;
using System.Diagnostics.Metrics;
using AemloBridge.Server.Telemetry;
using Grpc.Core;

namespace AemloBridge.Server.Services;

/// <summary>What the services count.</summary>
internal static class ServiceMetrics
{
    private static readonly Histogram<double> Calls = ServerTelemetry.Meter.CreateHistogram<double>("aemlo.rpc.duration", "s", "Time of calls, by method and status; its count is the number of calls.");
    private static readonly Counter<long> Uploaded = ServerTelemetry.Meter.CreateCounter<long>("aemlo.uploads.bytes", "By", "Bytes of data sets and models received, by kind.");
    private static readonly Counter<long> UploadedRows = ServerTelemetry.Meter.CreateCounter<long>("aemlo.uploads.rows", "{row}", "Rows of data sets received.");
    private static readonly Counter<long> Downloaded = ServerTelemetry.Meter.CreateCounter<long>("aemlo.downloads.bytes", "By", "Bytes of models and recipes sent, by kind.");

    public static void Called(string method, StatusCode code, TimeSpan time) =>
        Calls.Record(time.TotalSeconds, new TagList { { "rpc.method", method }, { "rpc.grpc.status_code", (int)code } });

    public static void ReceivedDataset(long bytes, long rows)
    {
        Uploaded.Add(bytes, new KeyValuePair<string, object?>("kind", "dataset"));
        UploadedRows.Add(rows);
    }

    public static void ReceivedModel(long bytes) => Uploaded.Add(bytes, new KeyValuePair<string, object?>("kind", "model"));

    public static void SentModel(long bytes) => Downloaded.Add(bytes, new KeyValuePair<string, object?>("kind", "model"));

    public static void SentRecipe(long bytes) => Downloaded.Add(bytes, new KeyValuePair<string, object?>("kind", "recipe"));
}
