using System.Text.Json;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Batch.State;

/// <summary>The lines of the file that keeps what a batch has done.</summary>
internal static class StateLines
{
    public const string Begun = "begun";
    public const string Done = "done";
    public const string Model = "model";

    private const string Kind = "kind";
    private const string Output = "output";
    private const string Key = "key";
    private const string DataBytes = "dataBytes";
    private const string LabelBytes = "labelBytes";
    private const string Seconds = "seconds";
    private const string Report = "report";
    private const string Training = "training";
    private const string Place = "place";
    private const string Reference = "reference";
    private const string Warnings = "warnings";

    public static string? KindOf(JsonElement line) => line.GetProperty(Kind).GetString();

    public static void WriteBegun(Utf8JsonWriter writer, string output, string key)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, Begun);
        writer.WriteString(Output, output);
        writer.WriteString(Key, key);
        writer.WriteEndObject();
    }

    public static (string Output, string Key) ReadBegun(JsonElement line) => (Text(line, Output), Text(line, Key));

    public static void WriteDone(Utf8JsonWriter writer, string output, DoneRecord done)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, Done);
        writer.WriteString(Output, output);
        writer.WriteString(Key, done.Key);
        writer.WriteNumber(DataBytes, done.DataBytes);
        writer.WriteNumber(LabelBytes, done.LabelBytes);
        writer.WriteNumber(Seconds, done.Seconds);
        writer.WritePropertyName(Report);
        using var report = JsonDocument.Parse(done.Report.ToJson());
        report.WriteTo(writer);
        writer.WriteEndObject();
    }

    public static (string Output, DoneRecord Done) ReadDone(JsonElement line) => (
        Text(line, Output),
        new DoneRecord(
            Text(line, Key),
            line.GetProperty(DataBytes).GetInt64(),
            line.GetProperty(LabelBytes).GetInt64(),
            line.GetProperty(Seconds).GetDouble(),
            RunReport.Parse(line.GetProperty(Report).GetRawText())));

    /// <summary>A model that is kept; one without a reference is gone.</summary>
    public static void WriteModel(Utf8JsonWriter writer, string training, string place, KeptModel? model)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, Model);
        writer.WriteString(Training, training);
        writer.WriteString(Place, place);
        writer.WriteString(Reference, model?.Reference);
        if (model is not null)
        {
            writer.WriteNumber(Seconds, model.Seconds);
            writer.WriteStrings(Warnings, model.Warnings);
        }

        writer.WriteEndObject();
    }

    public static (string Training, string Place, KeptModel? Model) ReadModel(JsonElement line)
    {
        string? reference = line.GetProperty(Reference).GetString();
        return (
            Text(line, Training),
            Text(line, Place),
            reference is null ? null : new KeptModel(reference, [.. line.GetProperty(Warnings).EnumerateArray().Select(item => item.GetString()!)], line.GetProperty(Seconds).GetDouble()));
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString() ?? throw new FormatException(name);
}
