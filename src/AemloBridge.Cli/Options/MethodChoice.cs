using System.CommandLine;
using System.CommandLine.Parsing;
using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Errors;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Options;

/// <summary><c>--method</c> and the options of every method, each checked by the method that was chosen.</summary>
internal sealed class MethodChoice
{
    private static readonly IResamplingMethod Standard = ResamplingMethods.All[0];

    private readonly Option<string> _method = new("--method", "-m") { HelpName = "NAME", DefaultValueFactory = _ => Standard.Name };
    private readonly PresetOption _preset;
    private readonly List<MethodSwitch> _switches = [];

    /// <summary>Adds the options to a command; help shows those of the standard method.</summary>
    public MethodChoice(AemloCommand command)
    {
        _method.Description = $"The resampling method (default {Standard.Name}); 'aemlo methods' lists all with their options";
        _method.CompletionSources.Add([.. ResamplingMethods.All.Select(method => method.Name)]);
        _method.Validators.Add(CheckName);
        command.Options.Add(_method);
        _preset = new PresetOption(command);
        foreach (IGrouping<string, MethodOption> same in ResamplingMethods.All.SelectMany(method => method.Options).GroupBy(option => option.Name))
        {
            bool standard = Standard.Options.Contains(same.First());
            string defaults = standard ? MethodOptions.DefaultsOfPresets(same.First(), Standard.Presets) : string.Empty;
            var item = new MethodSwitch(same.First(), defaults, (result, text) => Problem(result, same.Key, text), parse => Meant(parse, same));
            _switches.Add(item);
            command.Add(item, shown: standard);
        }
    }

    /// <summary>The options of the method chosen.</summary>
    /// <exception cref="UsageException">It has no preset of that name.</exception>
    /// <exception cref="AemloOptionException">A value is out of range.</exception>
    public ResamplingOptions Resolve(ParseResult parse)
    {
        IResamplingMethod method = ResamplingMethods.Get(parse.GetRequiredValue(_method));
        ResamplingOptions options = _preset.Get(parse, method);
        foreach (MethodSwitch item in _switches)
        {
            if (item.Given(parse) is { } text)
                options = method.Options.First(option => option.Name == item.Name).Apply(options, text);
        }

        return options;
    }

    private static void CheckName(OptionResult result)
    {
        if (result.Tokens is not [var token, ..] || ResamplingMethods.Find(token.Value) is not null)
            return;
        string[] names = [.. ResamplingMethods.All.Select(method => method.Name)];
        string nearest = Suggestion.Nearest(token.Value.ToLowerInvariant(), names) is { } name ? $" (did you mean '{name}'?)" : string.Empty;
        result.AddError($"--method: '{token.Value}' is not a method{nearest}; allowed: {string.Join(" | ", names)}");
    }

    /// <summary>That of the method named on the line, or all where none is named yet.</summary>
    private IEnumerable<MethodOption> Meant(ParseResult parse, IEnumerable<MethodOption> same) =>
        parse.GetResult(_method) is { Tokens: [var token, ..] } && ResamplingMethods.Find(token.Value) is { } method
            ? same.Where(method.Options.Contains)
            : same;

    private string? Problem(OptionResult result, string name, string text)
    {
        string chosen = result.GetResult(_method) is { Tokens: [var token, ..] } ? token.Value : Standard.Name;
        // A name that is none has its own error.
        if (ResamplingMethods.Find(chosen) is not { } method)
            return null;
        return method.Options.FirstOrDefault(option => option.Name == name) is { } definition
            ? MethodSwitch.Problem(definition, method.Presets[0], text)
            : $"--{name}: {method.Title} has no such option; 'aemlo methods {method.Name}' lists those it has";
    }
}
