using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Engines;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Output;

/// <summary>Tells how an oversampling went.</summary>
internal static class OversampleOutput
{
    /// <summary>For people: tables before and after, how many rows, and where the files are.</summary>
    public static void WriteText(TextWriter output, OversampleFiles files, OversampleOutcome result)
    {
        BeforeAfterTables.Write(output, result.Before, result.After);
        output.WriteLine();
        output.WriteLine(Summary(result));
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
            writer.WriteString("method", result.Report.Method);
            writer.WriteString("preset", result.Report.Options[OptionValues.PresetKey]);
            writer.WriteNumber("seed", result.Report.Seed);
            writer.WriteString("device", result.Report.Device);
            RecipeRecord recipe = result.Report.Recipe!;
            writer.WriteNumber("newRows", recipe.NewRows);
            writer.WriteNumber("requestedRows", recipe.Requested);
            writer.WriteNumber("keptRows", recipe.Kept);
            writer.WriteNumber("removedRows", recipe.Removed);
            writer.WriteNumber("labelEdits", recipe.LabelEdits);
            writer.WriteNumber("clones", recipe.Clones);
            writer.WriteStartObject("before");
            ImbalanceJson.Write(writer, result.Before);
            writer.WriteEndObject();
            writer.WriteStartObject("after");
            ImbalanceJson.Write(writer, result.After);
            writer.WriteEndObject();
            writer.WriteStrings("warnings", result.Report.Warnings);
            writer.WriteEndObject();
        });

    private static string Summary(OversampleOutcome result)
    {
        RunReport report = result.Report;
        if (report.Method == AemloOptions.MethodName)
            return $"new rows: {Figures.Count(report.Recipe!.NewRows)} (preset {report.Options[OptionValues.PresetKey]}, seed {report.Seed}, device {report.Device ?? "not needed"})";
        return $"{ResamplingMethods.Get(report.Method).Title}: {RecipeText.Describe(report.Recipe!)} (seed {report.Seed})";
    }
}
