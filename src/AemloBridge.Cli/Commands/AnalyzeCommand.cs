using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Comparison;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Data;
using AemloBridge.Imbalance;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo analyze</c>: the imbalance of a data set, without libtorch; and what each method would make of it, which trains AEMLO too.</summary>
internal static class AnalyzeCommand
{
    private const string RuleName = "minority-rule";
    private const string CutName = "minority-cut";

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("analyze", "Measure how imbalanced the labels of a data set are.", "aemlo analyze yeast.arff --labels yeast.xml");
        var data = new DataOptions(command);
        var rule = new MethodOptions(command, option => option.Name is RuleName or CutName);
        Option<bool> compare = OptionFactory.Switch("--compare", "Also run every resampling method at its defaults and compare what they make of the data set");
        command.Options.Add(compare);
        var remote = new RemoteOptions(command);
        var reporting = new ReportingOptions(command);
        command.SetAction(parse =>
        {
            using IEngine engine = remote.Engine(parse);
            MultiLabelDataset dataset = data.Read(parse, context.Cancellation);
            AemloOptions options = rule.Resolve(parse, AemloPresets.Default);
            ImbalanceReport report = engine.Analyze(dataset, options, context.Cancellation);
            Warnings.Write(context.Terminal, dataset.Source?.Warnings ?? []);
            bool quiet = reporting.IsQuiet(parse) || reporting.IsJson(parse);
            IReadOnlyList<ComparedMethod>? compared = parse.GetValue(compare) ? MethodComparison.Run(engine, dataset, context.Terminal, quiet, context.Cancellation) : null;
            if (reporting.IsJson(parse))
                WriteJson(context.Terminal, data.Path(parse), dataset, options, report, compared);
            else if (!reporting.IsQuiet(parse))
                WriteText(context.Terminal.Out, dataset, options, report, compared);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void WriteText(TextWriter output, MultiLabelDataset dataset, AemloOptions options, ImbalanceReport report, IReadOnlyList<ComparedMethod>? compared)
    {
        Facts.Write(
            output,
            ("rows (n)", $"{report.Rows}"),
            ("features (d)", $"{dataset.Schema.FeatureCount}"),
            ("labels (q)", $"{dataset.Schema.LabelCount}"),
            ("cardinality", Figures.Fine(report.Cardinality)),
            ("density", Figures.Fine(report.Density)),
            ("MeanIR", Figures.Ratio(report.MeanIR)),
            ("CVIR", Figures.Ratio(report.Cvir)),
            ("SCUMBLE", Figures.Fine(report.Scumble)),
            ("minority labels", $"{report.Labels.Count(label => label.IsMinority)}"),
            ("minority rows (|M|)", $"{report.MinorityRows}"));
        output.WriteLine();
        var labels = new TextTable("label", "positives", "ImR", "IRLbl", "minority");
        foreach (LabelImbalance label in report.Labels)
            labels.Add(label.Name, $"{label.Positives}", Figures.Ratio(label.ImR), Figures.Ratio(label.IRLbl), label.IsMinority ? "yes" : "no");
        labels.Write(output);
        output.WriteLine();
        output.WriteLine($"minority rule: {MinorityText.Describe(options)}");
        if (compared is null)
            return;
        output.WriteLine();
        ComparisonOutput.WriteText(output, report, compared);
    }

    private static void WriteJson(Terminal terminal, string path, MultiLabelDataset dataset, AemloOptions options, ImbalanceReport report, IReadOnlyList<ComparedMethod>? compared) =>
        Json.Write(terminal.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("file", path);
            writer.WriteString("relation", dataset.Schema.RelationName);
            writer.WriteBoolean("sparse", dataset.Features.IsSparse);
            writer.WriteNumber("features", dataset.Schema.FeatureCount);
            writer.WriteNumber("labelCount", dataset.Schema.LabelCount);
            writer.WriteString("minorityRule", AemloOptionCatalog.Get(RuleName).Format(options));
            writer.WriteNumber("minorityCut", options.MinorityCut);
            ImbalanceJson.Write(writer, report);
            writer.WriteStrings("warnings", dataset.Source?.Warnings ?? []);
            if (compared is not null)
                ComparisonOutput.WriteJson(writer, compared);
            writer.WriteEndObject();
        });
}
