using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo methods</c>: the resampling methods and their options.</summary>
internal static class MethodsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("methods", "List the resampling methods and their options.", "aemlo methods mlsmote");
        var names = new Argument<string[]>("NAME") { Description = "Methods to describe in full; none lists all", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add([.. ResamplingMethods.All.Select(method => method.Name)]);
        command.Add(names);
        var reporting = new ReportingOptions(command);
        command.SetAction(parse =>
        {
            string[] asked = parse.GetRequiredValue(names);
            IResamplingMethod[] methods = asked.Length == 0 ? [.. ResamplingMethods.All] : [.. asked.Select(ResamplingMethods.Get)];
            if (reporting.IsJson(parse))
                MethodsOutput.WriteJson(context.Terminal.Out, methods);
            else if (asked.Length == 0)
                MethodsOutput.WriteList(context.Terminal.Out, context.Terminal.Width, methods);
            else
                MethodsOutput.WriteText(context.Terminal.Out, context.Terminal.Width, methods);
            return ExitCodes.Ok;
        });
        return command;
    }
}
