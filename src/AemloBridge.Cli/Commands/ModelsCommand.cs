using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo models</c>: lists and describes model files, from their headers alone.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("models", "List and describe model files.", "aemlo models yeast.safetensors");
        var paths = new Argument<string[]>("PATH") { Description = "Model files, or folders that hold some", Arity = ArgumentArity.OneOrMore };
        OptionFactory.RefuseEmpty(paths);
        command.Add(paths);
        var reporting = new ReportingOptions(command);
        command.SetAction(parse =>
        {
            ModelListing[] found = [.. parse.GetRequiredValue(paths).SelectMany(ModelListing.Find)];
            if (reporting.IsJson(parse))
                ModelJsonOutput.WriteList(context.Terminal.Out, found);
            else if (!reporting.IsQuiet(parse))
                ModelText.WriteList(context.Terminal.Out, found);

            ModelListing[] unusable = [.. found.Where(item => item is { Error: not null, Named: true })];
            foreach (ModelListing item in unusable)
                context.Terminal.Error.WriteLine($"aemlo: error: {item.Error}");
            return unusable.Length == 0 ? ExitCodes.Ok : ExitCodes.Input;
        });
        return command;
    }
}
