using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Commands;
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
        _switches = [.. AemloOptionCatalog.All.Where(wanted).Select(option => new MethodSwitch(option, (describeDefault ?? DefaultsOfPresets)(option)))];
        foreach (MethodSwitch item in _switches)
            command.Add(item);
    }

    /// <summary>The options that result from a starting point and the switches given.</summary>
    /// <exception cref="AemloOptionException">A value is out of range.</exception>
    public AemloOptions Resolve(ParseResult parse, AemloOptions start) =>
        _switches.Aggregate(start, (options, item) => item.Apply(options, parse));

    /// <summary>"default 50, paper 100, published 201", or one value where all presets agree.</summary>
    internal static string DefaultsOfPresets(MethodOption<AemloOptions> option)
    {
        string standard = Value(AemloPresets.Default);
        IEnumerable<string> others = AemloPresets.Names
            .Select(name => (name, value: Value(AemloPresets.Get(name))))
            .Where(pair => pair.value != standard)
            .Select(pair => $", {pair.name} {pair.value}");
        return $"default {standard}{string.Concat(others)}";

        string Value(AemloOptions preset) => option.Format(preset) ?? option.UnsetMeaning ?? string.Empty;
    }
}
