using System.Text.RegularExpressions;

namespace AemloBridge.Server.Configuration;

/// <summary>The names of devices.</summary>
internal static partial class DeviceNames
{
    private const string Auto = "auto";

    /// <summary>The names, when they can be those of devices; whether there are such devices is found out when workers start.</summary>
    /// <exception cref="SettingException">One cannot.</exception>
    public static IReadOnlyList<string> Checked(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => name != Auto && !Name().IsMatch(name)) is { } wrong)
            throw new SettingException($"'{wrong}' is no device; allowed: auto, cpu, cuda:0, cuda:1, …");
        if (names.Count > 1 && names.Contains(Auto))
            throw new SettingException("auto chooses the devices; it cannot stand beside others");
        return names.Count > 0 ? [.. names.Distinct()] : throw new SettingException("names no device; allowed: auto, cpu, cuda:0, cuda:1, …");
    }

    [GeneratedRegex(@"^(cpu|cuda(:[0-9]{1,3})?)\z")]
    private static partial Regex Name();
}
