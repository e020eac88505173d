using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Commands;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Options;

/// <summary>The options of the method that a command takes, generated from the catalogue.</summary>
internal sealed class MethodOptions
{
    private readonly MethodSwitch[] _switches;

    /// <summary>Adds switches to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="wanted">Which options of the catalogue it takes.</param>
    /// <param name="describeDefault">What help says about the default of an option; null for the presets' values.</param>
    public MethodOptions(AemloCommand command, Func<MethodOption<AemloOptions>, bool> wanted, Func<MethodOption<AemloOptions>, string>? describeDefault = null)
    {
        _switches = [.. AemloOptionCatalog.All.Where(wanted).Select(option => new MethodSwitch(option, (describeDefault ?? DefaultsOfPresets)(option), (_, text) => MethodSwitch.Problem(option, AemloPresets.Default, text)))];
        foreach (MethodSwitch item in _switches)
            command.Add(item);
    }

    /// <summary>The options that result from a starting point and the switches given.</summary>
    /// <exception cref="AemloOptionException">A value is out of range.</exception>
    public AemloOptions Resolve(ParseResult parse, AemloOptions start) =>
        _switches.Aggregate(start, (options, item) => item.Given(parse) is { } text ? AemloOptionCatalog.Get(item.Name).Apply(options, text) : options);

    /// <summary>"default 50, paper 100, published 201", or one value where all presets agree.</summary>
    internal static string DefaultsOfPresets(MethodOption option) => DefaultsOfPresets(option, AemloPresets.Names.Select(AemloPresets.Get));

    /// <summary>The same for any method.</summary>
    /// <param name="option">One of its options.</param>
    /// <param name="presets">Its presets, the default first.</param>
    internal static string DefaultsOfPresets(MethodOption option, IEnumerable<ResamplingOptions> presets)
    {
        (string Name, string Value)[] values = [.. presets.Select(preset => (preset.Preset, option.Format(preset) ?? option.UnsetMeaning ?? string.Empty))];
        string standard = values[0].Value;
        return $"default {standard}{string.Concat(values.Where(value => value.Value != standard).Select(value => $", {value.Name} {value.Value}"))}";
    }
}
