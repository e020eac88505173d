using System.Globalization;

namespace AemloBridge.Server.Configuration;

/// <summary>All settings of the server.</summary>
internal static class ServerOptionCatalog
{
    private const string Place = "Addresses and data";
    private const string Safety = "Security";
    private const string Life = "Start and stop";
    private const string Work = "Jobs";
    private const string Limit = "Limits";
    private const string Sight = "Observation";

    private const string Ever = "0 means no limit";

    // In seconds: timers go no further than 49 days.
    private const int LongestTimer = 49 * 86400;

    /// <summary>All settings, in the order help shows them.</summary>
    public static IReadOnlyList<ServerOption> All { get; } =
    [
        Texts("listen", Place, "ADDRESS", "Where to listen: host:port (port 0 takes a free one) or unix:PATH; can be given several times", o => o.Listen, (o, v) => o with { Listen = [.. v.Select(text => ListenAddress.Parse(text).ToString())] }),
        Text("data", SettingType.Path, Place, "FOLDER", "Where data sets, models and jobs are kept", null, o => o.DataFolder, (o, v) => o with { DataFolder = Path.GetFullPath(v) }),

        Flag("insecure", Safety, "Listen elsewhere than on this machine without TLS or without tokens", o => o.Insecure, (o, v) => o with { Insecure = v }),
        Text("certificate", SettingType.Path, Safety, "FILE.pem", "Certificate for TLS, its own first, then the intermediate ones", "no TLS", o => o.CertificatePath, (o, v) => o with { CertificatePath = Path.GetFullPath(v) }),
        Text("key", SettingType.Path, Safety, "FILE.pem", "Private key of the certificate, without a password", "in the certificate's file", o => o.KeyPath, (o, v) => o with { KeyPath = Path.GetFullPath(v) }),
        Text("client-ca", SettingType.Path, Safety, "FILE.pem", "Authorities that signed the certificates which clients must then have", "clients need none", o => o.ClientAuthorityPath, (o, v) => o with { ClientAuthorityPath = Path.GetFullPath(v) }),
        Text("tokens", SettingType.Path, Safety, "FILE", "Hashed tokens, one 'tenant:sha256' a line; see aemlo serve token", "no tokens, one tenant", o => o.TokenPath, (o, v) => o with { TokenPath = Path.GetFullPath(v) }),

        Flag("stop-with-parent", Life, "Stop at the end of standard input, when the process that started this one is gone", o => o.StopWithParent, (o, v) => o with { StopWithParent = v }),
        Time("drain-seconds", Life, "How long running jobs may go on after the server was asked to stop", 0, 86400, o => o.DrainTime, (o, v) => o with { DrainTime = v }),
        Time("drain-delay", Life, "Time between failing health and refusing calls, for balancers to notice", 0, 600, o => o.DrainDelay, (o, v) => o with { DrainDelay = v }),

        Texts("devices", Work, "NAMES", "Devices to run a worker on: auto (every GPU, or the CPU where there is none), or names such as cpu,cuda:0", o => o.Devices, (o, v) => o with { Devices = DeviceNames.Checked(v) }),
        Whole("checkpoint-epochs", Work, "epochs", "Epochs between two checkpoints, at least", 1, 1_000_000, o => o.CheckpointEpochs, (o, v) => o with { CheckpointEpochs = v }),
        Time("checkpoint-interval", Work, "Time between two checkpoints, at least", 0, 86400, o => o.CheckpointInterval, (o, v) => o with { CheckpointInterval = v }),
        Time("worker-patience", Work, "How long accepted jobs wait while no worker starts, before they fail", 1, 604800, o => o.WorkerPatience, (o, v) => o with { WorkerPatience = v }),
        Time("max-job-time", Work, $"How long a job may run; {Ever}", 0, LongestTimer, o => o.Limits.MaxJobTime, (o, v) => o with { Limits = o.Limits with { MaxJobTime = v } }),
        Size("max-job-memory", Work, "Bytes one job may be estimated to need; 0 takes 80 % of the device's memory", 0, null, o => o.Limits.MaxJobMemoryBytes, (o, v) => o with { Limits = o.Limits with { MaxJobMemoryBytes = v } }),
        Whole("max-queued-jobs", Work, "jobs", $"Jobs that may wait; {Ever}", 0, 1_000_000, o => o.Limits.MaxQueuedJobs, (o, v) => o with { Limits = o.Limits with { MaxQueuedJobs = v } }),
        Whole("max-queued-jobs-per-tenant", Work, "jobs", $"Jobs of one tenant that may wait; {Ever}", 0, 1_000_000, o => o.Limits.MaxQueuedJobsPerTenant, (o, v) => o with { Limits = o.Limits with { MaxQueuedJobsPerTenant = v } }),
        Time("keep-jobs", Work, $"How long a job's result stays after its end; {Ever}", 0, null, o => o.Limits.KeepJobs, (o, v) => o with { Limits = o.Limits with { KeepJobs = v } }),

        Size("max-dataset-size", Limit, $"Bytes of one data set; {Ever}", 0, null, o => o.Limits.MaxDatasetBytes, (o, v) => o with { Limits = o.Limits with { MaxDatasetBytes = v } }),
        Whole("max-rows", Limit, "rows", $"Rows of one data set; {Ever}", 0, int.MaxValue, o => o.Limits.MaxRows, (o, v) => o with { Limits = o.Limits with { MaxRows = v } }),
        Whole("max-features", Limit, "features", $"Features of one data set; {Ever}", 0, int.MaxValue, o => o.Limits.MaxFeatures, (o, v) => o with { Limits = o.Limits with { MaxFeatures = v } }),
        Whole("max-labels", Limit, "labels", $"Labels of one data set; {Ever}", 0, int.MaxValue, o => o.Limits.MaxLabels, (o, v) => o with { Limits = o.Limits with { MaxLabels = v } }),
        Size("max-model-size", Limit, $"Bytes of one model file; {Ever}", 0, null, o => o.Limits.MaxModelBytes, (o, v) => o with { Limits = o.Limits with { MaxModelBytes = v } }),
        Size("max-chunk-size", Limit, "Bytes of one message of an upload", 1 << 20, 1 << 30, o => o.Limits.MaxChunkBytes, (o, v) => o with { Limits = o.Limits with { MaxChunkBytes = (int)v } }),
        Time("max-upload-pause", Limit, $"How long an upload may pause between two messages; {Ever}", 0, LongestTimer, o => o.Limits.MaxUploadPause, (o, v) => o with { Limits = o.Limits with { MaxUploadPause = v } }),
        Time("max-upload-time", Limit, $"How long an upload may take as a whole; {Ever}", 0, LongestTimer, o => o.Limits.MaxUploadTime, (o, v) => o with { Limits = o.Limits with { MaxUploadTime = v } }),
        Size("tenant-quota", Limit, $"Bytes that one tenant may keep; {Ever}", 0, null, o => o.Limits.TenantQuotaBytes, (o, v) => o with { Limits = o.Limits with { TenantQuotaBytes = v } }),
        Time("keep-datasets", Limit, $"How long a data set stays that is not used; {Ever}", 0, null, o => o.Limits.KeepDatasets, (o, v) => o with { Limits = o.Limits with { KeepDatasets = v } }),
        Time("keep-models", Limit, $"How long a model stays that is not used; {Ever}", 0, null, o => o.Limits.KeepModels, (o, v) => o with { Limits = o.Limits with { KeepModels = v } }),
        Whole("max-connections", Limit, "connections", "Connections at a time", 1, 1_000_000, o => o.MaxConnections, (o, v) => o with { MaxConnections = v }),
        Whole("max-streams", Limit, "calls", "Calls at a time over one connection", 1, 100_000, o => o.MaxStreams, (o, v) => o with { MaxStreams = v }),

        Choice("log-level", Sight, "The least important events that are logged", o => o.LogLevel, (o, v) => o with { LogLevel = v }),
        Choice("log-format", Sight, "The form of the log on standard error", o => o.LogFormat, (o, v) => o with { LogFormat = v }),
        Text("otlp", SettingType.Text, Sight, "URL", "OTLP collector for metrics and traces; OTEL_EXPORTER_OTLP_ENDPOINT counts too", "none is sent", o => o.OtlpEndpoint, (o, v) => o with { OtlpEndpoint = HttpAddress(v) }),
        Choice("otlp-protocol", Sight, "How to speak to the collector", o => o.OtlpProtocol, (o, v) => o with { OtlpProtocol = v }),
    ];

    private static ServerOption Text(string name, SettingType type, string topic, string valueName, string description, string? unset, Func<ServerOptions, string?> get, Func<ServerOptions, string, ServerOptions> set) =>
        new(name, type, topic, description, get, (o, v) => set(o, v[0])) { ValueName = valueName, UnsetMeaning = unset };

    private static ServerOption Texts(string name, string topic, string valueName, string description, Func<ServerOptions, IReadOnlyList<string>> get, Func<ServerOptions, IReadOnlyList<string>, ServerOptions> set) =>
        new(name, SettingType.List, topic, description, o => string.Join(',', get(o)), set) { ValueName = valueName };

    private static ServerOption Flag(string name, string topic, string description, Func<ServerOptions, bool> get, Func<ServerOptions, bool, ServerOptions> set) =>
        new(name, SettingType.Flag, topic, description, o => get(o) ? "true" : "false", (o, v) => set(o, bool.TryParse(v[0], out bool flag) ? flag : throw NotAllowed(v[0], "true or false"))) { ValueName = "[true|false]" };

    private static ServerOption Whole(string name, string topic, string unit, string description, int minimum, int maximum, Func<ServerOptions, int> get, Func<ServerOptions, int, ServerOptions> set)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");
        return new(name, SettingType.Integer, topic, description, o => get(o).ToString(CultureInfo.InvariantCulture), Set) { ValueName = "N", Unit = unit, Range = range };

        ServerOptions Set(ServerOptions options, IReadOnlyList<string> values) =>
            int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
                ? set(options, number)
                : throw NotAllowed(values[0], $"a whole number from {range}");
    }

    private static ServerOption Size(string name, string topic, string description, long minimum, long? maximum, Func<ServerOptions, long> get, Func<ServerOptions, long, ServerOptions> set)
    {
        string range = $"{HumanSize.Format(minimum)} {(maximum is { } most ? $"to {HumanSize.Format(most)}" : "or more")}";
        return new(name, SettingType.Size, topic, description, o => HumanSize.Format(get(o)), Set) { ValueName = "SIZE", Range = range };

        ServerOptions Set(ServerOptions options, IReadOnlyList<string> values)
        {
            long bytes = HumanSize.Parse(values[0]);
            return bytes >= minimum && (maximum is null || bytes <= maximum) ? set(options, bytes) : throw NotAllowed(values[0], range);
        }
    }

    private static ServerOption Time(string name, string topic, string description, int minimum, int? maximum, Func<ServerOptions, TimeSpan> get, Func<ServerOptions, TimeSpan, ServerOptions> set)
    {
        string range = $"{HumanDuration.Format(TimeSpan.FromSeconds(minimum))} {(maximum is { } most ? $"to {HumanDuration.Format(TimeSpan.FromSeconds(most))}" : "or more")}";
        return new(name, SettingType.Duration, topic, description, o => HumanDuration.Format(get(o)), Set) { ValueName = "TIME", Range = range };

        ServerOptions Set(ServerOptions options, IReadOnlyList<string> values)
        {
            TimeSpan time = HumanDuration.Parse(values[0]);
            return time >= TimeSpan.FromSeconds(minimum) && (maximum is null || time <= TimeSpan.FromSeconds(maximum.Value)) ? set(options, time) : throw NotAllowed(values[0], range);
        }
    }

    private static ServerOption Choice<T>(string name, string topic, string description, Func<ServerOptions, T> get, Func<ServerOptions, T, ServerOptions> set)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        string range = string.Join(" | ", words);
        return new(name, SettingType.Choice, topic, description, o => get(o).ToString().ToLowerInvariant(), Set) { ValueName = string.Join('|', words), Choices = words };

        ServerOptions Set(ServerOptions options, IReadOnlyList<string> values) =>
            words.Contains(values[0]) ? set(options, Enum.Parse<T>(values[0], ignoreCase: true)) : throw NotAllowed(values[0], range);
    }

    private static string HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? text : throw NotAllowed(text, "an address such as http://127.0.0.1:4317");

    private static SettingException NotAllowed(string value, string allowed) => new($"'{value}' is not allowed; allowed: {allowed}");
}
