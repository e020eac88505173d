using System.CommandLine;
using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Help;

/// <summary>Writes the help of a command: usage, an example, arguments, options, and for the root the exit codes.</summary>
internal static class HelpWriter
{
    /// <summary>Writes the help of <paramref name="command"/>, wrapped at <paramref name="width"/> columns.</summary>
    public static void Write(Command command, TextWriter output, int width)
    {
        bool isRoot = command is RootCommand;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  {Usage(command)}");
        if (command is AemloCommand { Example: var example })
        {
            output.WriteLine();
            output.WriteLine("Example:");
            output.WriteLine($"  {example}");
        }

        Section(output, width, "Commands:", command.Subcommands.Where(child => !child.Hidden).Select(child => new HelpRow(child.Name, child.Description ?? string.Empty)));
        Section(output, width, "Arguments:", command.Arguments.Select(argument => new HelpRow(ArgumentName(argument), argument.Description ?? string.Empty)));
        (IReadOnlyCollection<Option> method, IReadOnlyCollection<Option> others) = command is AemloCommand own ? (own.MethodOptions, own.OtherMethodOptions) : ([], []);
        Section(output, width, "Options:", Options(command).Except(method).Except(others).Select(Row));
        Section(output, width, others.Count == 0 ? "Options of the method:" : "Options of AEMLO ('aemlo methods NAME' lists those of another method):", method.Select(Row));
        if (isRoot)
            Section(output, width, "Exit codes:", ExitCodes.Meanings.Select(pair => new HelpRow($"{pair.Key,3}", pair.Value)));
    }

    private static string Usage(Command command)
    {
        if (command is RootCommand)
            return "aemlo COMMAND [options]";
        IEnumerable<string> required = command.Options.Where(option => option.Required).Select(option => $"{option.Aliases.FirstOrDefault() ?? option.Name} {option.HelpName}");
        IEnumerable<string> words = [.. command.Arguments.Select(ArgumentName), .. required];
        return $"aemlo {Path(command)} {string.Join(' ', words.Append("[options]"))}";
    }

    /// <summary>The words on the command line: <c>serve token</c> for a command of a command.</summary>
    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Path(parent)} {command.Name}" : command.Name;

    private static string ArgumentName(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;

    private static IEnumerable<Option> Options(Command command)
    {
        foreach (Option option in command.Options.Where(option => !option.Hidden))
            yield return option;
        foreach (Option inherited in command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive && !option.Hidden))
            yield return inherited;
    }

    private static HelpRow Row(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => !alias.StartsWith('/') && alias != "-?").Append(option.Name));
        string value = option.HelpName is { Length: > 0 } word ? $" {word}" : string.Empty;
        return new HelpRow(names + value, $"{option.Description}{(option.Required ? " (required)" : string.Empty)}");
    }

    private static void Section(TextWriter output, int width, string title, IEnumerable<HelpRow> rows)
    {
        HelpRow[] all = [.. rows];
        if (all.Length == 0)
            return;
        output.WriteLine();
        output.WriteLine(title);
        HelpRow.Write(output, width, all);
    }
}
