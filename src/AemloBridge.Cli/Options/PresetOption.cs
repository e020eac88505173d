using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Errors;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Options;

/// <summary>The preset that the other options of the method change.</summary>
internal sealed class PresetOption
{
    private readonly Option<string> _preset = OptionFactory.Choice("--preset", "Starting point; the options of the method given beside it change it", AemloPresets.DefaultName, AemloPresets.Names);

    public PresetOption(Command command) => command.Add(_preset);

    /// <summary>The options of the preset chosen.</summary>
    public AemloOptions Get(ParseResult parse) => AemloPresets.Get(parse.GetRequiredValue(_preset));

    /// <summary>The options of the preset chosen, of any method.</summary>
    /// <exception cref="UsageException">The method has no such preset.</exception>
    public ResamplingOptions Get(ParseResult parse, IResamplingMethod method)
    {
        string name = parse.GetRequiredValue(_preset);
        return method.Presets.FirstOrDefault(options => options.Preset == name)
            ?? throw new UsageException($"{_preset.Name}: {method.Title} has no preset '{name}'; allowed: {string.Join(" | ", method.Presets.Select(options => options.Preset))}");
    }
}
