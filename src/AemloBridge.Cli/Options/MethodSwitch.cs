using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Options;

/// <summary>One option of the method as a switch: name, help and checks come from the catalogue.</summary>
internal sealed class MethodSwitch
{
    private const string On = "true";
    private const string Off = "false";

    private readonly MethodOption _definition;

    /// <summary>A switch for one option of a catalogue.</summary>
    /// <param name="definition">The option; where several methods have it, that of one of them, which tells the kind of value.</param>
    /// <param name="defaultText">What help says about its default.</param>
    /// <param name="check">What is wrong with a value given; null when nothing is.</param>
    /// <param name="meant">The options of this name that the line so far may mean; completion offers their words. Null for the definition alone.</param>
    public MethodSwitch(MethodOption definition, string defaultText, Func<OptionResult, string, string?> check, Func<ParseResult, IEnumerable<MethodOption>>? meant = null)
    {
        _definition = definition;
        Option = CreateOption();
        Option.Description = Describe(definition, defaultText);
        // Without the parser's own True and False for a flag.
        Option.CompletionSources.Clear();
        Option.CompletionSources.Add((CompletionContext context) => (meant?.Invoke(context.ParseResult) ?? [definition]).SelectMany(Words).Distinct());
        Option.Validators.Add(result =>
        {
            if (check(result, Text(result)) is { } problem)
                result.AddError(problem);
        });
    }

    /// <summary>The option's name, without dashes.</summary>
    public string Name => _definition.Name;

    /// <summary>The parser's side of it.</summary>
    public Option Option { get; }

    /// <summary>The value given on the command line; null when there is none.</summary>
    public string? Given(ParseResult parse) => parse.GetResult(Option) is { Implicit: false } result ? Text(result) : null;

    /// <summary>What an option says of a value; null when it takes it.</summary>
    /// <param name="definition">The option.</param>
    /// <param name="start">Any options of its method.</param>
    /// <param name="text">The value.</param>
    public static string? Problem(MethodOption definition, ResamplingOptions start, string text)
    {
        try
        {
            definition.Apply(start, text);
            return null;
        }
        catch (AemloOptionException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The text given; a flag without a value means true.</summary>
    private static string Text(OptionResult result) => result.Tokens is [var token, ..] ? token.Value : On;

    private static IEnumerable<string> Words(MethodOption option) => option.Type == OptionType.Flag ? [On, Off] : option.Choices;

    private Option CreateOption()
    {
        string name = $"--{_definition.Name}";
        switch (_definition.Type)
        {
            // As a bool the parser takes the next word for its value only where it is true or false.
            case OptionType.Flag:
                return new Option<bool?>(name) { HelpName = "[true|false]", Arity = ArgumentArity.ZeroOrOne };
            case OptionType.Choice:
                return new Option<string>(name) { HelpName = string.Join('|', _definition.Choices) };
            default:
                return new Option<string>(name, Aliases()) { HelpName = _definition.Type == OptionType.Integer ? "N" : "X" };
        }
    }

    private string[] Aliases() => _definition.Name switch
    {
        "rate" => ["-p"],
        "num" => ["-n"],
        "neighbours" => ["-k"],
        _ => [],
    };

    /// <summary>What help says of an option.</summary>
    public static string Describe(MethodOption option, string defaultText)
    {
        string unit = option.Unit.Length > 0 ? $" {option.Unit}" : string.Empty;
        string range = option.Type is OptionType.Integer or OptionType.Number ? $"; {option.Range}{unit}" : string.Empty;
        return $"{option.Description}{range}; {defaultText} [{option.Source}]";
    }
}
