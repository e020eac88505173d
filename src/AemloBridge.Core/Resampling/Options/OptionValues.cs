namespace AemloBridge.Resampling.Options;

/// <summary>Options as names and values.</summary>
public static class OptionValues
{
    /// <summary>The name under which the preset stands among the options.</summary>
    public const string PresetKey = "preset";

    /// <summary>Every option that is set, by its command-line name, in invariant text; the preset under <see cref="PresetKey"/>.</summary>
    public static Dictionary<string, string> Of(ResamplingOptions options)
    {
        var values = new Dictionary<string, string> { [PresetKey] = options.Preset };
        foreach (MethodOption option in ResamplingMethods.Of(options).Options)
        {
            if (option.Format(options) is { } text)
                values.Add(option.Name, text);
        }

        return values;
    }
}
