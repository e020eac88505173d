using System.CommandLine;
using AemloBridge.Aemlo.Options;

namespace AemloBridge.Cli.Options;

/// <summary>The preset that the other options of the method change.</summary>
internal sealed class PresetOption
{
    private readonly Option<string> _preset = OptionFactory.Choice("--preset", "Starting point; the options of the method given beside it change it", AemloPresets.DefaultName, AemloPresets.Names);

    public PresetOption(Command command) => command.Add(_preset);

    /// <summary>The options of the preset chosen.</summary>
    public AemloOptions Get(ParseResult parse) => AemloPresets.Get(parse.GetRequiredValue(_preset));
}
