using System.Globalization;
using System.Text.Json;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Output;
using AemloBridge.Imbalance;

namespace AemloBridge.Cli.Comparison;

/// <summary>Shows a comparison of the methods.</summary>
internal static class ComparisonOutput
{
    /// <summary>For people: a table, the data as it is in the first row, then what could not be run and the warnings.</summary>
    public static void WriteText(TextWriter output, ImbalanceReport given, IReadOnlyList<ComparedMethod> methods)
    {
        var table = new TextTable("method", "added", "removed", "edited", "rows", "MeanIR", "CVIR", "SCUMBLE", "seconds");
        Add("(as given)", "", "", "", given, "");
        foreach (ComparedMethod compared in methods)
        {
            if (compared.Outcome is not { } outcome)
                continue;
            RecipeRecord recipe = outcome.Report.Recipe!;
            Add(
                compared.Method.Title,
                Figures.Count(recipe.Clones + recipe.NewRows),
                Figures.Count(recipe.Removed),
                Figures.Count(recipe.LabelEdits),
                outcome.After,
                compared.Seconds.ToString("0.00", CultureInfo.InvariantCulture));
        }

        table.Write(output);
        output.WriteLine();
        output.WriteLine($"each method at its defaults, seed {MethodComparison.Seed}; added: clones and new rows; edited: labels changed in rows that stay");
        foreach (ComparedMethod compared in methods)
        {
            if (compared.Error is { } error)
                output.WriteLine($"{compared.Method.Title} was not run: {error}");
            foreach (string warning in compared.Outcome?.Report.Warnings ?? [])
                output.WriteLine($"{compared.Method.Title}: {warning}");
        }

        void Add(string name, string added, string removed, string edited, ImbalanceReport report, string seconds) =>
            table.Add(name, added, removed, edited, Figures.Count(report.Rows), Figures.Ratio(report.MeanIR), Figures.Ratio(report.Cvir), Figures.Fine(report.Scumble), seconds);
    }

    /// <summary>For programs: a list inside the object that is open.</summary>
    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<ComparedMethod> methods)
    {
        writer.WriteStartArray("methods");
        foreach (ComparedMethod compared in methods)
        {
            writer.WriteStartObject();
            writer.WriteString("method", compared.Method.Name);
            writer.WriteNumber("seconds", compared.Seconds);
            writer.WriteString("error", compared.Error);
            if (compared.Outcome is { } outcome)
            {
                RecipeRecord recipe = outcome.Report.Recipe!;
                writer.WriteNumber("seed", outcome.Report.Seed);
                writer.WriteNumber("newRows", recipe.NewRows);
                writer.WriteNumber("clones", recipe.Clones);
                writer.WriteNumber("removedRows", recipe.Removed);
                writer.WriteNumber("labelEdits", recipe.LabelEdits);
                writer.WriteStartObject("after");
                ImbalanceJson.Write(writer, outcome.After);
                writer.WriteEndObject();
                writer.WriteStrings("warnings", outcome.Report.Warnings);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
