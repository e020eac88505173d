using System.Globalization;

namespace AemloBridge.Server.Configuration;

/// <summary>Times as people write them: <c>30s</c>, <c>1.5h</c>, <c>7d</c>; a bare number is seconds.</summary>
internal static class HumanDuration
{
    /// <summary>What error messages and help say is expected.</summary>
    public const string Expected = "a time such as 500ms, 30s, 5m, 24h or 7d (a bare number is seconds)";

    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Reads a time.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        string trimmed = text.Trim();
        (string unit, decimal factor) = Units.FirstOrDefault(unit => trimmed.EndsWith(unit.Unit, StringComparison.Ordinal), (string.Empty, TimeSpan.TicksPerSecond));
        return decimal.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number <= long.MaxValue / factor
            ? TimeSpan.FromTicks((long)(number * factor))
            : throw new SettingException($"'{text}' is not {Expected}");
    }

    /// <summary>The time in the largest unit that leaves a whole number.</summary>
    public static string Format(TimeSpan time)
    {
        (string unit, decimal factor) = Units.Skip(1).FirstOrDefault(unit => time.Ticks != 0 && time.Ticks % unit.Ticks == 0, Units[0]);
        return time == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / factor:0.####}{unit}");
    }
}
