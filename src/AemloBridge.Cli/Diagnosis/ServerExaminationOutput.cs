using System.Globalization;
using System.Text.Json;
using AemloBridge.Cli.Help;
using AemloBridge.Cli.Output;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Cli.Diagnosis;

/// <summary>Tells what <c>aemlo doctor --server</c> found.</summary>
internal static class ServerExaminationOutput
{
    private const double BytesPerMiB = 1024 * 1024;
    private const string Unlimited = "no limit";

    /// <summary>For people.</summary>
    public static void WriteText(TextWriter output, ServerExamination found)
    {
        if (found.Info is not { } info)
        {
            Facts.Write(output, ("aemlo", VersionAction.Version), ("server", found.Address), ("answers", "no"));
            return;
        }

        ServerLimits limits = info.Limits ?? new ServerLimits();
        (string, string)[] facts =
        [
            ("aemlo", VersionAction.Version),
            ("server", found.Address),
            ("server version", $"{info.ServerVersion} (contracts {info.OldestProtocolVersion} to {info.NewestProtocolVersion})"),
            ("libtorch", $"{Known(info.LibtorchVersion)} (TorchSharp {Known(info.TorchSharpVersion)})"),
            ("tenant", info.Tenant),
            .. info.Devices.Select(device => ($"device {device.Name}", Describe(device))),
            ("methods", string.Join(", ", info.Methods.Select(method => method.Name))),
            ("largest data set", $"{Bytes(limits.MaxDatasetBytes)}, rows {Count(limits.MaxRows)}, features {Count(limits.MaxFeatures)}, labels {Count(limits.MaxLabels)}"),
            ("jobs that may wait", $"{Count(limits.MaxQueuedJobs)}, of one tenant {Count(limits.MaxQueuedJobsPerTenant)}"),
            ("memory of a job", Bytes(limits.MaxJobMemoryBytes)),
            ("time of a job", limits.MaxJobTime is null || limits.MaxJobTime.Seconds == 0 ? Unlimited : limits.MaxJobTime.ToTimeSpan().ToString("g", CultureInfo.InvariantCulture)),
            ("space of a tenant", Bytes(limits.TenantQuotaBytes)),
        ];
        Facts.Write(output, facts);
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, ServerExamination found) =>
        Json.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("works", found.Problem is null);
            writer.WriteString("problem", found.Problem);
            writer.WriteString("version", VersionAction.Version);
            writer.WriteString("server", found.Address);
            if (found.Info is { } info)
                Write(writer, info);
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, GetServerInfoResponse info)
    {
        ServerLimits limits = info.Limits ?? new ServerLimits();
        writer.WriteString("serverVersion", info.ServerVersion);
        writer.WriteNumber("oldestProtocolVersion", info.OldestProtocolVersion);
        writer.WriteNumber("newestProtocolVersion", info.NewestProtocolVersion);
        writer.WriteString("torchSharpVersion", info.TorchSharpVersion);
        writer.WriteString("libtorchVersion", info.LibtorchVersion);
        writer.WriteString("tenant", info.Tenant);
        writer.WriteStartArray("devices");
        foreach (Device device in info.Devices)
        {
            writer.WriteStartObject();
            writer.WriteString("name", device.Name);
            writer.WriteString("description", device.Description);
            writer.WriteNumber("totalBytes", device.MemoryTotalBytes);
            writer.WriteNumber("freeBytes", device.MemoryFreeBytes);
            writer.WriteNumber("threads", device.DefaultThreads);
            writer.WriteBoolean("ready", device.Ready);
            writer.WriteBoolean("busy", device.Busy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStrings("methods", info.Methods.Select(method => method.Name));
        writer.WriteStartObject("limits");
        writer.WriteNumber("chunkBytes", limits.MaxChunkBytes);
        writer.WriteNumber("datasetBytes", limits.MaxDatasetBytes);
        writer.WriteNumber("rows", limits.MaxRows);
        writer.WriteNumber("features", limits.MaxFeatures);
        writer.WriteNumber("labels", limits.MaxLabels);
        writer.WriteNumber("modelBytes", limits.MaxModelBytes);
        writer.WriteNumber("queuedJobs", limits.MaxQueuedJobs);
        writer.WriteNumber("queuedJobsPerTenant", limits.MaxQueuedJobsPerTenant);
        writer.WriteNumber("jobMemoryBytes", limits.MaxJobMemoryBytes);
        writer.WriteNumber("jobSeconds", limits.MaxJobTime?.ToTimeSpan().TotalSeconds ?? 0);
        writer.WriteNumber("tenantBytes", limits.TenantQuotaBytes);
        writer.WriteEndObject();
    }

    private static string Describe(Device device)
    {
        string memory = device.MemoryTotalBytes == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", {device.MemoryFreeBytes / BytesPerMiB:N0} of {device.MemoryTotalBytes / BytesPerMiB:N0} MiB free");
        string state = !device.Ready ? "not ready" : device.Busy ? "busy" : "idle";
        return $"{device.Description}, {device.DefaultThreads} threads{memory}, {state}";
    }

    private static string Known(string version) => version.Length > 0 ? version : "not known yet";

    private static string Count(ulong count) => count == 0 ? Unlimited : count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(ulong bytes) => bytes == 0 ? Unlimited : string.Create(CultureInfo.InvariantCulture, $"{bytes / BytesPerMiB:N0} MiB");
}
