using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AemloBridge.Server.Telemetry;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Adds up what the server's instruments report, of every server in this process.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public Counted()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add($"{instrument.Name} {Tag(tags, "kind")}", value));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add($"{instrument.Name} {Tag(tags, "rpc.method")} {Tag(tags, "rpc.grpc.status_code")}", 1));
        _listener.Start();
    }

    public long Recipe => Of("aemlo.downloads.bytes recipe");

    /// <summary>The sum, or for histograms the number of values, under an instrument's name and its tags.</summary>
    public long Of(string key) => _sums.GetValueOrDefault(key);

    public void Dispose() => _listener.Dispose();

    private static object? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == name)
                return tag.Value;
        }

        return null;
    }

    private void Add(string key, long value) => _sums.AddOrUpdate(key, value, (_, sum) => sum + value);
}
