using System.CommandLine;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Data;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo generate</c>: writes new rows, and nothing else, from a model file.</summary>
internal static class GenerateCommand
{
    private static readonly string[] Machine = ["seed", "threads", "device"];

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("generate", "Write new rows, and only these, from a model file.", "aemlo generate --model yeast.safetensors -n 500 -o rows.arff");
        var model = new Option<string>("--model") { HelpName = "MODEL.safetensors", Description = "The model file that 'aemlo train' wrote", Required = true };
        OptionFactory.RefuseEmpty(model);
        command.Add(model);
        var output = new OutputOptions(command, "ROWS.arff", "The data set of new rows to write; its labels go to an XML file beside it");
        var seeds = new SeedDataOptions(command);
        var reporting = new ReportingOptions(command);
        var method = new MethodOptions(command, option => !option.AffectsTraining || Machine.Contains(option.Name), DefaultText);
        command.SetAction(parse =>
        {
            string modelPath = parse.GetRequiredValue(model);
            string path = output.Path(parse);
            OutputFiles.RequireDistinct(("--model", modelPath), ("--data", seeds.Path(parse)), ("--output", path));
            Writing.CheckData(path, output.Overwrite(parse));
            AemloOptions options = method.Resolve(parse, StartFrom(ModelInput.Describe(modelPath).Options));
            MultiLabelDataset? seedData = seeds.Read(parse, context.Cancellation);
            Writing.CheckData(path, output.Overwrite(parse), seedData?.Source);
            using AemloModel loaded = ModelInput.Load(modelPath, options.Device, options.Threads);
            GenerationResult result = AemloGenerator.Generate(loaded, options, seedData, context.Cancellation);
            ArffOutputFiles files = Writing.Do(() => ArffWriter.WriteSynthetic(loaded.Schema, result.Rows, result.Rows.Features.IsSparse, path, output.Overwrite(parse), context.Cancellation));

            string[] warnings = [.. seedData?.Source?.Warnings ?? [], .. result.Warnings];
            Warnings.Write(context.Terminal, warnings);
            if (reporting.IsJson(parse))
                GenerateOutput.WriteJson(context.Terminal.Out, modelPath, files, result, warnings);
            else if (!reporting.IsQuiet(parse))
                GenerateOutput.WriteText(context.Terminal.Out, files, result);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The model's own options, but for what belongs to this run: how many, which seed, and this machine.</summary>
    private static AemloOptions StartFrom(AemloOptions trained) =>
        trained with { Num = null, Seed = null, Threads = 0, Device = DeviceKind.Auto };

    private static string DefaultText(AemloOption option) => option.UnsetMeaning is { } meaning
        ? $"default {meaning}"
        : Machine.Contains(option.Name) ? $"default {option.Format(AemloPresets.Default)}" : "default as the model was trained with";
}
