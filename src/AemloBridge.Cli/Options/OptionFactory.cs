using System.CommandLine;

namespace AemloBridge.Cli.Options;

/// <summary>Makes the options that several commands share, each with the same name and help wherever it occurs.</summary>
internal static class OptionFactory
{
    /// <summary>An option with a text value.</summary>
    public static Option<string?> Text(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = description };

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
