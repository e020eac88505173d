using System.CommandLine;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Cli.Options;

/// <summary>One setting of the server as a switch: name and help come from the catalogue.</summary>
internal sealed class ServerSwitch
{
    private const string On = "true";
    private const string Off = "false";

    private static readonly ServerOptions Defaults = new() { DataFolder = DataFolder.Default() };

    private readonly ServerOption _definition;

    public ServerSwitch(ServerOption definition)
    {
        _definition = definition;
        Option = Create(definition);
        Option.Description = Describe(definition);
    }

    /// <summary>The parser's side of it.</summary>
    public Option Option { get; }

    /// <summary>The setting as given on the command line; null when it was not given.</summary>
    public GivenSetting? Given(ParseResult parse)
    {
        if (parse.GetResult(Option) is not { Implicit: false } result)
            return null;
        string[] values = result.Tokens is [] ? [On] : [.. result.Tokens.Select(token => token.Value)];
        return new GivenSetting(_definition.Name, values, "command line", Option.Name);
    }

    private static Option Create(ServerOption definition)
    {
        string name = $"--{definition.Name}";
        switch (definition.Type)
        {
            case SettingType.Flag:
                var flag = new Option<bool?>(name) { HelpName = definition.ValueName, Arity = ArgumentArity.ZeroOrOne };
                flag.CompletionSources.Add(On, Off);
                return flag;
            case SettingType.List:
                return new Option<string[]>(name) { HelpName = definition.ValueName, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
            default:
                var option = new Option<string>(name) { HelpName = definition.ValueName };
                option.CompletionSources.Add([.. definition.Choices]);
                return option;
        }
    }

    private static string Describe(ServerOption definition)
    {
        string range = definition.Range.Length > 0 ? $"; {definition.Range}{(definition.Unit.Length > 0 ? $" {definition.Unit}" : string.Empty)}" : string.Empty;
        return $"{definition.Description}{range} (default {definition.Format(Defaults) ?? definition.UnsetMeaning})";
    }
}
