using System.CommandLine;
using System.CommandLine.Parsing;

namespace AemloBridge.Cli.Options;

/// <summary>Makes the options that several commands share, each with the same name and help wherever it occurs.</summary>
internal static class OptionFactory
{
    /// <summary>An option with a text value, which may not be empty.</summary>
    public static Option<string?> Text(string name, string valueName, string description, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { HelpName = valueName, Description = description };
        RefuseEmpty(option);
        return option;
    }

    /// <summary>Makes an empty value, which an unset variable of a script leaves behind, a wrong command line.</summary>
    public static void RefuseEmpty(Option option) =>
        option.Validators.Add(result => RefuseEmpty(result, result.Tokens, option.Name, option.HelpName));

    /// <summary>The same for the values of an argument.</summary>
    public static void RefuseEmpty(Argument argument) =>
        argument.Validators.Add(result => RefuseEmpty(result, result.Tokens, argument.Name, "a path"));

    private static void RefuseEmpty(SymbolResult result, IEnumerable<Token> tokens, string name, string? expected)
    {
        if (tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{name}: the value is empty; {expected} was expected");
    }

    /// <summary>An option without a value.</summary>
    public static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that takes one of a few words; completed by the shell.</summary>
    public static Option<string> Choice(string name, string description, string defaultWord, IReadOnlyList<string> words)
    {
        var option = new Option<string>(name)
        {
            HelpName = string.Join('|', words),
            Description = $"{description} (default {defaultWord})",
            DefaultValueFactory = _ => defaultWord,
        };
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !words.Contains(token.Value))
                result.AddError($"{name}: '{token.Value}' is not one of the words; allowed: {string.Join(" | ", words)}");
        });
        return option;
    }
}
