using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AemloBridge.Server.Telemetry;

/// <summary>Where every instrument and span of the server comes from; what is exported is decided where the host is built.</summary>
internal static class ServerTelemetry
{
    /// <summary>The name of the meter and of the activity source, as dashboards know them.</summary>
    public const string Name = "AemloBridge.Server";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Activities { get; } = new(Name);
}
