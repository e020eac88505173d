using AemloBridge.Aemlo.Options;

namespace AemloBridge.Aemlo.Models;

/// <summary>Options as a record of names and values, for model files and reports.</summary>
internal static class OptionsJson
{
    private const string PresetKey = "preset";

    /// <summary>Every option by its command-line name, unset ones left out.</summary>
    public static Dictionary<string, string> ToDictionary(AemloOptions options)
    {
        var values = new Dictionary<string, string> { [PresetKey] = options.Preset };
        foreach (AemloOption option in AemloOptionCatalog.All)
        {
            if (option.Format(options) is { } text)
                values.Add(option.Name, text);
        }

        return values;
    }

    /// <exception cref="AemloModelFormatException">An option is not known, or its value not allowed.</exception>
    public static AemloOptions FromDictionary(IReadOnlyDictionary<string, string> values)
    {
        try
        {
            var options = new AemloOptions { Preset = values.GetValueOrDefault(PresetKey, "") };
            foreach ((string name, string value) in values)
            {
                if (name != PresetKey)
                    options = AemloOptionCatalog.Get(name).Apply(options, value);
            }

            return options;
        }
        catch (AemloOptionException exception)
        {
            throw new AemloModelFormatException($"its options cannot be read ({exception.Message}); it may come from a newer version", exception);
        }
    }
}
