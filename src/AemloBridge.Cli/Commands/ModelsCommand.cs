using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Client;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo models</c>: lists and describes model files, from their headers alone.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("models", "List and describe model files, or the models of a server.", "aemlo models yeast.safetensors");
        var paths = new Argument<string[]>("PATH") { Description = "Model files, or folders that hold some; with a server the ids of models there, none for all", Arity = ArgumentArity.ZeroOrMore };
        OptionFactory.RefuseEmpty(paths);
        command.Add(paths);
        var remote = new RemoteOptions(command, parse => parse.GetValue(paths) is { Length: > 0 });
        var reporting = new ReportingOptions(command);
        command.SetAction(parse =>
        {
            if (remote.Address(parse) is not null)
                return AskServer(context, parse, remote, reporting, parse.GetRequiredValue(paths));
            if (parse.GetRequiredValue(paths).Length == 0)
                throw new UsageException("Required argument missing: PATH, a model file or a folder that holds some (or --server URL); see 'aemlo models --help'");
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

    private static int AskServer(CommandContext context, ParseResult parse, RemoteOptions remote, ReportingOptions reporting, string[] ids)
    {
        using AemloClient client = remote.Client(parse);
        Model[] all = client.Models.ListAsync(context.Cancellation).ToArrayAsync(context.Cancellation).AsTask().GetAwaiter().GetResult();
        if (ids.FirstOrDefault(id => !all.Any(model => model.Id == id)) is { } unknown)
            throw new AemloInputException($"there is no model '{unknown}' on the server {client.Address}; 'aemlo models --server {client.Address}' lists them");
        Model[] models = [.. all.Where(model => ids.Length == 0 || ids.Contains(model.Id))];
        if (reporting.IsJson(parse))
            ServerModelOutput.WriteJson(context.Terminal.Out, models);
        else if (!reporting.IsQuiet(parse))
            ServerModelOutput.WriteText(context.Terminal.Out, models);
        return ExitCodes.Ok;
    }
}
