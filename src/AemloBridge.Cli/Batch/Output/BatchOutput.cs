using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Cli.Batch.Running;
using AemloBridge.Cli.Output;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Output;

/// <summary>Tells how a batch went.</summary>
internal static class BatchOutput
{
    private const string None = "-";

    private static readonly JsonWriterOptions ReportStyle = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people: a table of all entries.</summary>
    public static void WriteText(TextWriter output, BatchFiles files, IReadOnlyList<EntryResult> results)
    {
        var table = new TextTable("entry", "rows", "after", "MeanIR", "after", "seconds", "status");
        foreach (EntryResult result in results)
        {
            RunReport? report = result.Report;
            table.Add(
                result.Entry.Name,
                report?.Before is { } before ? Figures.Count(before.Rows) : None,
                report?.After is { } after ? Figures.Count(after.Rows) : None,
                report?.Before is { } was ? Figures.Ratio(was.MeanIR) : None,
                report?.After is { } now ? Figures.Ratio(now.MeanIR) : None,
                result.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
                Word(result.Status));
        }

        table.Write(output);
        output.WriteLine();
        output.WriteLine($"{Count(results, EntryStatus.Done)} done, {Count(results, EntryStatus.Kept)} done before, {Count(results, EntryStatus.Failed)} failed");
        output.WriteLine($"report: {files.Report}");
    }

    /// <summary>For programs: the same without the entries' own reports, which the report file holds.</summary>
    public static void WriteJson(TextWriter output, BatchFiles files, IReadOnlyList<EntryResult> results) =>
        Json.Write(output, writer => Write(writer, files, results, withReports: false));

    /// <summary>The report file: every entry with its own report.</summary>
    public static void WriteReport(BatchFiles files, IReadOnlyList<EntryResult> results) => Writing.Do(() =>
    {
        AtomicFile.Write(files.Report, overwrite: true, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, ReportStyle);
            Write(writer, files, results, withReports: true);
        });
        return files.Report;
    });

    /// <summary>What an entry is, into the object that is open.</summary>
    public static void WriteEntry(Utf8JsonWriter writer, BatchEntry entry)
    {
        writer.WriteString("name", entry.Name);
        writer.WriteString("data", entry.Data.Name);
        writer.WriteString("fold", entry.Data.Fold);
        writer.WriteString("set", entry.Set);
        writer.WriteString("rate", entry.Options.Num is null ? AemloOptionCatalog.Get(Amount.Rate).Format(entry.Options) : null);
        writer.WriteString("num", AemloOptionCatalog.Get(Amount.Num).Format(entry.Options));
        writer.WriteNumber("seed", entry.Options.Seed!.Value);
        writer.WriteNumber("trainingSeed", entry.TrainingSeed);
        writer.WriteString("input", entry.Data.Path);
        writer.WriteString("output", entry.Output);
        writer.WriteString("labelFile", entry.LabelFile);
    }

    private static void Write(Utf8JsonWriter writer, BatchFiles files, IReadOnlyList<EntryResult> results, bool withReports)
    {
        writer.WriteStartObject();
        writer.WriteString("plan", files.Plan);
        writer.WriteString("report", files.Report);
        writer.WriteNumber("done", Count(results, EntryStatus.Done));
        writer.WriteNumber("doneBefore", Count(results, EntryStatus.Kept));
        writer.WriteNumber("failed", Count(results, EntryStatus.Failed));
        writer.WriteStartArray("entries");
        foreach (EntryResult result in results)
        {
            writer.WriteStartObject();
            WriteEntry(writer, result.Entry);
            writer.WriteString("status", Word(result.Status));
            writer.WriteString("error", result.Error);
            writer.WriteFinite("seconds", result.Seconds);
            WriteFigures(writer, result.Report);
            if (withReports)
                WriteReport(writer, result.Report);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter writer, RunReport? report)
    {
        if (report is not { Before: { } before, After: { } after })
            return;
        writer.WriteNumber("rowsBefore", before.Rows);
        writer.WriteNumber("rowsAfter", after.Rows);
        writer.WriteFinite("meanIRBefore", before.MeanIR);
        writer.WriteFinite("meanIRAfter", after.MeanIR);
    }

    private static void WriteReport(Utf8JsonWriter writer, RunReport? report)
    {
        writer.WritePropertyName("report");
        if (report is null)
        {
            writer.WriteNullValue();
            return;
        }

        using var document = JsonDocument.Parse(report.ToJson());
        document.WriteTo(writer);
    }

    private static int Count(IEnumerable<EntryResult> results, EntryStatus status) => results.Count(result => result.Status == status);

    private static string Word(EntryStatus status) => status switch
    {
        EntryStatus.Done => "done",
        EntryStatus.Kept => "done before",
        _ => "failed",
    };
}
