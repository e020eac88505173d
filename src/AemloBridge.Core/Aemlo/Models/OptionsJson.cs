using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Models;

/// <summary>Options as a record of names and values, read from model files.</summary>
internal static class OptionsJson
{
    /// <exception cref="AemloModelFormatException">An option is not known, or its value not allowed.</exception>
    public static AemloOptions FromDictionary(IReadOnlyDictionary<string, string> values)
    {
        try
        {
            var options = new AemloOptions { Preset = values.GetValueOrDefault(OptionValues.PresetKey, "") };
            foreach ((string name, string value) in values)
            {
                if (name != OptionValues.PresetKey)
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
