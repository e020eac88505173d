using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Output.Progress;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo oversample</c>: writes what AEMLO or another resampling method makes of a data set.</summary>
internal static class OversampleCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("oversample", "Train on a data set and write it with new rows after the given ones, or use another method.", "aemlo oversample yeast.arff --labels yeast.xml -o yeast-aemlo.arff");
        var data = new DataOptions(command);
        var output = new OutputOptions(command, "OUT.arff", "The data set to write; its labels go to an XML file beside it");
        var report = new ReportOption(command);
        var method = new MethodChoice(command);
        var remote = new RemoteOptions(command);
        var reporting = new ReportingOptions(command);
        var progress = new ProgressOption(command);
        command.SetAction(parse =>
        {
            ResamplingOptions options = method.Resolve(parse);
            OversampleFiles files = OversampleFiles.Check(data.Files(parse), data.Path(parse), output.Path(parse), report.Path(parse), output.Overwrite(parse));
            using IEngine engine = remote.Engine(parse);
            MultiLabelDataset dataset = data.Read(parse, context.Cancellation);
            files.CheckAgainst(dataset);
            ProgressStyle style = progress.Get(parse, context.Terminal, reporting.IsQuiet(parse));
            OversampleOutcome result = TrainingProgress.Show(
                context.Terminal,
                style,
                (options as AemloOptions)?.Epochs ?? 0,
                show => engine.Oversample(dataset, options, show, context.Cancellation));
            files.Write(dataset, result, context.Cancellation);

            Warnings.Write(context.Terminal, result.Report.Warnings);
            if (reporting.IsJson(parse))
                OversampleOutput.WriteJson(context.Terminal.Out, files, result);
            else if (!reporting.IsQuiet(parse))
                OversampleOutput.WriteText(context.Terminal.Out, files, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
