using System.Diagnostics.Metrics;
using AemloBridge.Server.Telemetry;

namespace AemloBridge.Server.Workers;

/// <summary>What is counted of workers.</summary>
internal static class WorkerMetrics
{
    private static readonly UpDownCounter<long> Ready = ServerTelemetry.Meter.CreateUpDownCounter<long>("aemlo.workers.ready", "{worker}", "Workers that are up.");
    private static readonly Counter<long> Restarts = ServerTelemetry.Meter.CreateCounter<long>("aemlo.workers.restarts", "{restart}", "Workers that were lost and started again.");

    public static void Up(string device) => Ready.Add(1, Of(device));

    public static void Gone(string device) => Ready.Add(-1, Of(device));

    public static void Restarted(string device) => Restarts.Add(1, Of(device));

    private static KeyValuePair<string, object?> Of(string device) => new("device", device);
}
