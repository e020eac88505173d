using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Data;

namespace AemloBridge.Cli.Output;

/// <summary>Tells how a generation went.</summary>
internal static class GenerateOutput
{
    /// <summary>For people.</summary>
    public static void WriteText(TextWriter output, ArffOutputFiles files, RunReport report)
    {
        SyntheticRecord rows = report.Synthetic!;
        GenerationStatistics figures = rows.Statistics;
        var table = new TextTable("measure", "seed rows", "new rows");
        table.Add("rows", Figures.Count(figures.DistinctSeeds), Figures.Count(rows.Made));
        table.Add("labels per row", Figures.Fine(figures.SeedCardinality), Figures.Fine(figures.Cardinality));
        table.Add("non-zero features per row", Figures.Ratio(figures.SeedActiveFeatures), Figures.Ratio(figures.ActiveFeatures));
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"new rows: {Figures.Count(rows.Made)} (seed {report.Seed}, {Figures.Count(figures.Duplicates)} duplicates)");
        output.WriteLine($"data:     {files.ArffPath}");
        output.WriteLine($"labels:   {files.XmlPath}");
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, string model, ArffOutputFiles files, RunReport report) =>
        Json.Write(output, writer =>
        {
            SyntheticRecord rows = report.Synthetic!;
            GenerationStatistics figures = rows.Statistics;
            writer.WriteStartObject();
            writer.WriteString("model", model);
            writer.WriteString("output", files.ArffPath);
            writer.WriteString("labelFile", files.XmlPath);
            writer.WriteNumber("seed", report.Seed);
            writer.WriteNumber("newRows", rows.Made);
            writer.WriteNumber("requestedRows", rows.Requested);
            writer.WriteNumber("duplicates", figures.Duplicates);
            writer.WriteNumber("distinctSeeds", figures.DistinctSeeds);
            writer.WriteFinite("meanHamming", figures.MeanHamming);
            writer.WriteFinite("seedCardinality", figures.SeedCardinality);
            writer.WriteFinite("cardinality", figures.Cardinality);
            writer.WriteStrings("warnings", report.Warnings);
            writer.WriteEndObject();
        });
}
