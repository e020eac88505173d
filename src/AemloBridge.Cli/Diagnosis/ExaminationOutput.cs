using System.Globalization;
using AemloBridge.Cli.Help;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Diagnosis;

/// <summary>Tells what <c>aemlo doctor</c> found.</summary>
internal static class ExaminationOutput
{
    private const double BytesPerMiB = 1024 * 1024;
    private const string Unknown = "-";

    /// <summary>For people.</summary>
    public static void WriteText(TextWriter output, Examination found) => Facts.Write(
        output,
        ("aemlo", VersionAction.Version),
        ("runtime", Examination.Runtime),
        ("libtorch", found.Libtorch is null ? Unknown : $"{found.Libtorch.Version} (TorchSharp {found.Libtorch.TorchSharpVersion})"),
        ("libtorch folder", found.Libtorch?.Path ?? Unknown),
        ("device", found.Device ?? Unknown),
        ("why not CUDA", found.WhyNotCuda ?? Unknown),
        ("threads", found.Threads.ToString(CultureInfo.InvariantCulture)),
        ("memory", string.Create(CultureInfo.InvariantCulture, $"{found.Memory.Resident / BytesPerMiB:N0} MiB used by aemlo, {found.Memory.Available / BytesPerMiB:N0} of {found.Memory.Total / BytesPerMiB:N0} MiB free")),
        ("small training", found.TrainingSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"works ({seconds:0.00} s)") : "does not work"));

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, Examination found) =>
        Json.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("works", found.Problem is null);
            writer.WriteString("problem", found.Problem);
            writer.WriteString("version", VersionAction.Version);
            writer.WriteString("runtime", Examination.Runtime);
            writer.WriteString("libtorchVersion", found.Libtorch?.Version);
            writer.WriteString("libtorchFolder", found.Libtorch?.Path);
            writer.WriteString("torchSharpVersion", found.Libtorch?.TorchSharpVersion);
            writer.WriteString("device", found.Device);
            writer.WriteString("whyNotCuda", found.WhyNotCuda);
            writer.WriteNumber("threads", found.Threads);
            writer.WriteNumber("residentBytes", found.Memory.Resident);
            writer.WriteNumber("availableBytes", found.Memory.Available);
            writer.WriteNumber("totalBytes", found.Memory.Total);
            writer.WriteFinite("trainingSeconds", found.TrainingSeconds ?? double.NaN);
            writer.WriteEndObject();
        });
}
