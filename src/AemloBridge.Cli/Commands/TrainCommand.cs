using System.CommandLine;
using System.Diagnostics;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Output.Progress;
using AemloBridge.Data;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo train</c>: trains and writes a model file.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("train", "Train on a data set and write a model file for 'aemlo generate'.", "aemlo train yeast.arff --labels yeast.xml -o yeast.safetensors");
        var data = new DataOptions(command);
        var output = new OutputOptions(command, "MODEL.safetensors", "The model file to write");
        var report = new ReportOption(command);
        var preset = new PresetOption(command);
        var remote = new RemoteOptions(command);
        var reporting = new ReportingOptions(command);
        var progress = new ProgressOption(command);
        var method = new MethodOptions(command, option => option.AffectsTraining);
        Option<string?> checkpoint = OptionFactory.Text("--checkpoint", "FILE", "Keep the state of the training in FILE after every 10 epochs; a training that finds it there goes on from it");
        command.Options.Add(checkpoint);
        command.SetAction(parse =>
        {
            AemloOptions options = method.Resolve(parse, preset.Get(parse));
            if (remote.Address(parse) is not null && parse.GetValue(checkpoint) is not null)
                throw new UsageException($"{checkpoint.Name}: a server keeps the state of its trainings itself, and goes on from it; leave it out");
            string path = output.Path(parse);
            (string, string?)[] written = [("--output", path), report.File(parse), ("--checkpoint", parse.GetValue(checkpoint))];
            OutputFiles.RequireDistinct(data.Files(parse), written);
            Writing.Check(path, output.Overwrite(parse));
            report.Check(parse, output.Overwrite(parse));
            if (parse.GetValue(checkpoint) is { } state)
                Writing.Check(state, overwrite: true);
            var watch = Stopwatch.StartNew();
            using IEngine engine = remote.Engine(parse);
            MultiLabelDataset dataset = data.Read(parse, context.Cancellation);
            OutputFiles.RequireDistinct(OutputFiles.Read("DATA", dataset), written);
            ProgressStyle style = progress.Get(parse, context.Terminal, reporting.IsQuiet(parse));
            using ITrainedModel model = TrainingProgress.Show(
                context.Terminal,
                style,
                options.Epochs,
                show => engine.Train(dataset, options, Checkpoint(parse.GetValue(checkpoint)), show, context.Cancellation));
            RunReport told = model.Report(dataset, watch.Elapsed.TotalSeconds);
            Writing.Do(() =>
            {
                using var staged = new AtomicFiles(output.Overwrite(parse));
                staged.Add(path, stream => model.Write(stream, context.Cancellation));
                if (report.Path(parse) is { } reportPath)
                    staged.Add(reportPath, told.WriteJson);
                staged.Commit();
                return path;
            });

            Warnings.Write(context.Terminal, told.Warnings);
            ModelDescription description = ModelFile.Describe(path);
            if (reporting.IsJson(parse))
                Json.Write(context.Terminal.Out, writer => ModelJsonOutput.Write(writer, description));
            else if (!reporting.IsQuiet(parse))
                ModelText.WriteOne(context.Terminal.Out, description);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static CheckpointPolicy? Checkpoint(string? path) => path is null ? null : new CheckpointPolicy(path);
}
