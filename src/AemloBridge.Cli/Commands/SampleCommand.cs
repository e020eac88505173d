using System.CommandLine;
using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Data;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo sample</c>: writes the generated data set that the demo works on.</summary>
internal static class SampleCommand
{
    private const long DefaultSeed = 1;

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("sample", "Write a generated, imbalanced data set to try aemlo on.", "aemlo sample -o sample.arff");
        var output = new OutputOptions(command, "FILE.arff", "The data set to write; its labels go to an XML file beside it");
        var method = new MethodOptions(command, option => option.Name == "seed", _ => $"default {DefaultSeed.ToString(CultureInfo.InvariantCulture)}");
        var reporting = new ReportingOptions(command);
        command.SetAction(parse =>
        {
            string path = output.Path(parse);
            long seed = method.Resolve(parse, AemloPresets.Default).Seed ?? DefaultSeed;
            if (seed > int.MaxValue)
                throw new UsageException($"--seed: {seed} is out of range; allowed: [0, {int.MaxValue}] for the sample");
            Writing.CheckData(path, output.Overwrite(parse));
            MultiLabelDataset dataset = SampleDataset.Create((int)seed);
            ArffOutputFiles files = Writing.Do(() => ArffWriter.Write(dataset, path, output.Overwrite(parse), context.Cancellation));
            if (reporting.IsJson(parse))
                WriteJson(context.Terminal, files, seed, dataset);
            else if (!reporting.IsQuiet(parse))
                context.Terminal.Out.WriteLine($"wrote {files.ArffPath} and {files.XmlPath}: {dataset.RowCount} rows, {dataset.Schema.FeatureCount} features, {dataset.Schema.LabelCount} labels, seed {seed}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void WriteJson(Terminal terminal, ArffOutputFiles files, long seed, MultiLabelDataset dataset) =>
        Json.Write(terminal.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("output", files.ArffPath);
            writer.WriteString("labelFile", files.XmlPath);
            writer.WriteNumber("rows", dataset.RowCount);
            writer.WriteNumber("features", dataset.Schema.FeatureCount);
            writer.WriteNumber("labelCount", dataset.Schema.LabelCount);
            writer.WriteNumber("seed", seed);
            writer.WriteEndObject();
        });
}
