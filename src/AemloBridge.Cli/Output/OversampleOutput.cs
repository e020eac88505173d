using AemloBridge.Cli.Engines;

namespace AemloBridge.Cli.Output;

/// <summary>Tells how an oversampling went.</summary>
internal static class OversampleOutput
{
    /// <summary>For people: tables before and after, how many rows, and where the files are.</summary>
    public static void WriteText(TextWriter output, OversampleFiles files, OversampleOutcome result)
    {
        BeforeAfterTables.Write(output, result.Before, result.After);
        output.WriteLine();
        output.WriteLine($"new rows: {Figures.Count(result.NewRows.Count)} (preset {result.Report.Options["preset"]}, seed {result.Report.Seed}, device {result.Report.Device ?? "not needed"})");
        output.WriteLine($"data:     {files.Output}");
        output.WriteLine($"labels:   {files.LabelFile}");
        if (files.Report is not null)
            output.WriteLine($"report:   {files.Report}");
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, OversampleFiles files, OversampleOutcome result) =>
        Json.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("input", files.Input);
            writer.WriteString("output", files.Output);
            writer.WriteString("labelFile", files.LabelFile);
            writer.WriteString("report", files.Report);
            writer.WriteString("preset", result.Report.Options["preset"]);
            writer.WriteNumber("seed", result.Report.Seed);
            writer.WriteString("device", result.Report.Device);
            writer.WriteNumber("newRows", result.NewRows.Count);
            writer.WriteNumber("requestedRows", result.Report.Synthetic!.Requested);
            writer.WriteStartObject("before");
            ImbalanceJson.Write(writer, result.Before);
            writer.WriteEndObject();
            writer.WriteStartObject("after");
            ImbalanceJson.Write(writer, result.After);
            writer.WriteEndObject();
            writer.WriteStrings("warnings", result.Report.Warnings);
            writer.WriteEndObject();
        });
}
