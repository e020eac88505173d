using System.CommandLine;
using AemloBridge.Cli.Completion;
using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo completion</c>: the script that teaches a shell to complete <c>aemlo</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("completion", "Print a script for tab completion in a shell.", "source <(aemlo completion bash)");
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", CompletionScripts.Shells)}" };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !CompletionScripts.Shells.Contains(token.Value))
                result.AddError($"'{token.Value}' is not a shell known here; choose one of {string.Join(", ", CompletionScripts.Shells)}");
        });
        command.Add(shell);
        command.SetAction(parse =>
        {
            context.Terminal.Out.Write(CompletionScripts.For(parse.GetRequiredValue(shell)));
            return ExitCodes.Ok;
        });
        return command;
    }
}
