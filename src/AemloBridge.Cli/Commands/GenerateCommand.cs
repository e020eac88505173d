using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo generate</c>: writes new rows, and nothing else, from a model file.</summary>
internal static class GenerateCommand
{
    private static readonly string[] Machine = ["seed", "threads", "device"];

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("generate", "Write new rows, and only these, from a model file.", "aemlo generate --model yeast.safetensors -n 500 -o rows.arff");
        var model = new Option<string>("--model") { HelpName = "MODEL.safetensors", Description = "The model file that 'aemlo train' wrote; with a server also the id of a model there", Required = true };
        OptionFactory.RefuseEmpty(model);
        command.Add(model);
        var output = new OutputOptions(command, "ROWS.arff", "The data set of new rows to write; its labels go to an XML file beside it");
        var report = new ReportOption(command);
        var seeds = new SeedDataOptions(command);
        var remote = new RemoteOptions(command);
        var reporting = new ReportingOptions(command);
        var method = new MethodOptions(command, option => !option.AffectsTraining || Machine.Contains(option.Name), DefaultText);
        command.SetAction(parse =>
        {
            string modelPath = parse.GetRequiredValue(model);
            string path = output.Path(parse);
            OutputFiles.RequireDistinct([("--model", modelPath), .. seeds.Files(parse)], [.. OutputFiles.DataSet(path), report.File(parse)]);
            Writing.CheckData(path, output.Overwrite(parse));
            report.Check(parse, output.Overwrite(parse));
            using IEngine engine = remote.Engine(parse);
            AemloOptions options = method.Resolve(parse, StartFrom(engine.ModelOptions(modelPath, context.Cancellation)));
            MultiLabelDataset? seedData = seeds.Read(parse, context.Cancellation);
            OutputFiles.RequireDistinct(OutputFiles.Read("--data", seedData), [.. OutputFiles.DataSet(path), report.File(parse)]);
            GenerateOutcome result = engine.Generate(modelPath, options, seedData, context.Cancellation);
            ArffOutputFiles files = Writing.Do(() =>
            {
                using AtomicFiles staged = ArffWriter.StageSynthetic(result.Schema, result.Rows, result.Rows.Features.IsSparse, path, output.Overwrite(parse), out ArffOutputFiles written, context.Cancellation);
                if (report.Path(parse) is { } reportPath)
                    staged.Add(reportPath, result.Report.WriteJson);
                staged.Commit();
                return written;
            });

            Warnings.Write(context.Terminal, result.Report.Warnings);
            if (reporting.IsJson(parse))
                GenerateOutput.WriteJson(context.Terminal.Out, modelPath, files, result.Report);
            else if (!reporting.IsQuiet(parse))
                GenerateOutput.WriteText(context.Terminal.Out, files, result.Report);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The model's own options, but for what belongs to this run: how many, which seed, and this machine.</summary>
    private static AemloOptions StartFrom(AemloOptions trained) =>
        trained with { Num = null, Seed = null, Threads = 0, Device = DeviceKind.Auto };

    private static string DefaultText(MethodOption<AemloOptions> option) => option.UnsetMeaning is { } meaning
        ? $"default {meaning}"
        : Machine.Contains(option.Name) ? $"default {option.Format(AemloPresets.Default)}" : "default as the model was trained with";
}
