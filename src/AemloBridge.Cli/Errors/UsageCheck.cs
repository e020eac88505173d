using System.CommandLine;
using System.CommandLine.Parsing;

namespace AemloBridge.Cli.Errors;

/// <summary>Turns what the parser could not place into one message that names the option and what was probably meant.</summary>
internal static class UsageCheck
{
    /// <summary>Throws when the command line cannot be carried out.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void ThrowIfWrong(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string see = $"see '{Path(parse.CommandResult)} --help'";
        if (UnknownOption(parse) is { } option)
            throw new UsageException($"unknown option '{option}'{DidYouMean(option, OptionNames(parse.CommandResult))}; {see}");
        if (parse.UnmatchedTokens is [var word, ..])
        {
            throw new UsageException(command.Subcommands.Count > 0
                ? $"unknown command '{word}'{DidYouMean(word, command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name))}; {see}"
                : $"'{word}' is one argument too many; {see}");
        }

        if (parse.Errors is [var error, ..])
            throw new UsageException($"{error.Message.TrimEnd('.')}; {see}");
    }

    /// <summary>The parser takes an unknown option for a plain argument; here it is found again.</summary>
    private static string? UnknownOption(ParseResult parse)
    {
        IEnumerable<string> plain = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens.Select(token => token.Value));
        HashSet<string> suspects = [.. plain.Concat(parse.UnmatchedTokens).Where(word => word.Length > 1 && word[0] == '-')];
        return parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).FirstOrDefault(suspects.Contains);
    }

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        for (CommandResult? at = result; at is not null; at = at.Parent as CommandResult)
        {
            foreach (Option option in at.Command.Options.Where(option => at == result || option.Recursive))
                yield return option.Name;
        }
    }

    private static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Suggestion.Nearest(word.Split('=')[0], candidates) is { } nearest ? $" (did you mean '{nearest}'?)" : string.Empty;

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "aemlo";
}
