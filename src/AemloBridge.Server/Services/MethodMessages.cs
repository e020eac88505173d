using AemloBridge.Protocol.V1;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Server.Services;

/// <summary>The message of a method as records keep it: every option by name, the preset among them.</summary>
internal static class MethodMessages
{
    /// <summary>The message.</summary>
    public static MethodSpec Of(string method, IReadOnlyDictionary<string, string> options)
    {
        var spec = new MethodSpec { Method = method, Preset = options.GetValueOrDefault(OptionValues.PresetKey, "") };
        foreach ((string name, string value) in options)
        {
            if (name != OptionValues.PresetKey)
                spec.Options.Add(name, value);
        }

        return spec;
    }
}
