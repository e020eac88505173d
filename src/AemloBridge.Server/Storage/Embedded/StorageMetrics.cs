using System.Diagnostics.Metrics;
using AemloBridge.Server.Telemetry;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>What the store measures.</summary>
internal static class StorageMetrics
{
    // Counted up and down rather than observed, so that a store that is closed leaves nothing behind in the meter.
    private static readonly UpDownCounter<long> Bytes =
        ServerTelemetry.Meter.CreateUpDownCounter<long>("aemlo.storage.bytes", "By", "Bytes of data sets, models and job results that are stored");

    private static readonly Counter<long> Evictions =
        ServerTelemetry.Meter.CreateCounter<long>("aemlo.storage.evictions", "{item}", "Data sets, models and jobs that were deleted because they expired or the quota was used up");

    /// <summary>Notes bytes that have come or gone.</summary>
    public static void Stored(ItemKind kind, long bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("kind", Name(kind)));

    /// <summary>Notes that something was deleted without being asked for: "expired" or "quota".</summary>
    public static void Evicted(ItemKind kind, string reason) =>
        Evictions.Add(1, new KeyValuePair<string, object?>("kind", Name(kind)), new KeyValuePair<string, object?>("reason", reason));

    private static string Name(ItemKind kind) => kind switch
    {
        ItemKind.Dataset => "dataset",
        ItemKind.Model => "model",
        _ => "job",
    };
}
