using System.CommandLine;
using System.CommandLine.Parsing;
using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Options;

/// <summary>One option of the method as a switch: name, help and checks come from the catalogue.</summary>
internal sealed class MethodSwitch
{
    private const string On = "true";
    private const string Off = "false";

    private readonly MethodOption<AemloOptions> _definition;

    /// <summary>A switch for one option of the catalogue.</summary>
    /// <param name="definition">The option of the catalogue.</param>
    /// <param name="defaultText">What help says about its default.</param>
    public MethodSwitch(MethodOption<AemloOptions> definition, string defaultText)
    {
        _definition = definition;
        Option = CreateOption();
        Option.Description = Describe(definition, defaultText);
        Option.Validators.Add(Check);
    }

    /// <summary>The parser's side of it.</summary>
    public Option Option { get; }

    /// <summary>The options with this one as given on the command line; unchanged when it was not given.</summary>
    public AemloOptions Apply(AemloOptions options, ParseResult parse) =>
        parse.GetResult(Option) is { Implicit: false } result ? _definition.Apply(options, Text(result)) : options;

    /// <summary>The text given; a flag without a value means true.</summary>
    private static string Text(OptionResult result) => result.Tokens is [var token, ..] ? token.Value : On;

    private Option CreateOption()
    {
        string name = $"--{_definition.Name}";
        switch (_definition.Type)
        {
            // As a bool the parser takes the next word for its value only where it is true or false.
            case OptionType.Flag:
                var flag = new Option<bool?>(name) { HelpName = "[true|false]", Arity = ArgumentArity.ZeroOrOne };
                flag.CompletionSources.Add(On, Off);
                return flag;
            case OptionType.Choice:
                var choice = new Option<string>(name) { HelpName = string.Join('|', _definition.Choices) };
                choice.CompletionSources.Add([.. _definition.Choices]);
                return choice;
            default:
                return new Option<string>(name, Aliases()) { HelpName = _definition.Type == OptionType.Integer ? "N" : "X" };
        }
    }

    private string[] Aliases() => _definition.Name switch
    {
        "rate" => ["-p"],
        "num" => ["-n"],
        _ => [],
    };

    private void Check(OptionResult result)
    {
        try
        {
            _definition.Apply(AemloPresets.Default, Text(result));
        }
        catch (AemloOptionException exception)
        {
            result.AddError(exception.Message);
        }
    }

    private static string Describe(MethodOption<AemloOptions> option, string defaultText)
    {
        string unit = option.Unit.Length > 0 ? $" {option.Unit}" : string.Empty;
        string range = option.Type is OptionType.Integer or OptionType.Number ? $"; {option.Range}{unit}" : string.Empty;
        return $"{option.Description}{range}; {defaultText} [{option.Source}]";
    }
}
