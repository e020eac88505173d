using System.Text.Json;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Resampling;

namespace AemloBridge.Protocol;

/// <summary>
/// The way between a run's report and <c>JobReport.report_json</c>, which has to fit into a message: what grows with the new
/// rows or the labels travels beside it, and of very many epochs only some are listed.
/// </summary>
public static class ReportContract
{
    /// <summary>Bytes of the JSON text, at most; only a huge number of labels makes it longer.</summary>
    public const int MaxBytes = 1 << 20;

    private const string Generation = "generate";

    /// <summary>What of a report travels in the JSON text.</summary>
    public static RunReport Shorten(RunReport report)
    {
        RunReport sent = report.Synthetic is { } made
            ? report with { Synthetic = made with { SeedRows = [], NeighbourRows = made.NeighbourRows is null ? null : [] } }
            : report;
        if (Size(sent) <= MaxBytes)
            return sent;
        sent = sent with { Before = null, After = null };
        int size = Size(sent);
        int step = 1;
        for (RunReport whole = sent; size > MaxBytes && step < whole.Epochs.Count; size = Size(sent))
        {
            step *= 2;
            string note = FormattableString.Invariant($"the report lists 1 of every {step} of its {whole.Epochs.Count} epochs: all of them would be too long for a message");
            sent = whole with { Epochs = Some(whole, step), Warnings = [.. whole.Warnings, note] };
        }

        return sent;
    }

    /// <summary>The JSON text of what <see cref="Shorten"/> has left.</summary>
    public static string ToJson(RunReport report) => JsonSerializer.Serialize(report, ModelJson.Options);

    /// <summary>The report of a message, whole again but for epochs that it does not list.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rows">The new rows that came with it; null for a training.</param>
    /// <exception cref="AemloModelFormatException">Its JSON text is no report.</exception>
    /// <exception cref="ContractException">A count is too large.</exception>
    public static RunReport FromMessage(V1.JobReport message, SyntheticRows? rows)
    {
        RunReport report = RunReport.Parse(message.ReportJson);
        if (report.Synthetic is { } made && rows is not null)
            report = report with { Synthetic = made with { SeedRows = rows.SeedRows, NeighbourRows = made.NeighbourRows is null ? null : rows.NeighbourRows } };
        // The report of a generation says nothing of imbalance, its message does.
        return report.Command == Generation ? report : report with
        {
            Before = message.Before is null ? report.Before : ImbalanceContract.FromMessage(message.Before),
            After = message.After is null ? report.After : ImbalanceContract.FromMessage(message.After),
        };
    }

    private static int Size(RunReport report) => JsonSerializer.SerializeToUtf8Bytes(report, ModelJson.Options).Length;

    // The last and the one that was kept are always among them.
    private static List<EpochRecord> Some(RunReport report, int step) =>
        [.. report.Epochs.Where((epoch, index) => index % step == 0 || index == report.Epochs.Count - 1 || epoch.Epoch == report.KeptEpoch)];
}
