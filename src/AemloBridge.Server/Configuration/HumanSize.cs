using System.Globalization;

namespace AemloBridge.Server.Configuration;

/// <summary>Numbers of bytes as people write them: <c>8GiB</c>, <c>1.5 MB</c>, <c>4096</c>.</summary>
internal static class HumanSize
{
    /// <summary>What error messages and help say is expected.</summary>
    public const string Expected = "a size such as 8GiB, 500MB or a number of bytes";

    private static readonly (string Unit, decimal Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static long Parse(string text)
    {
        string trimmed = text.Trim();
        (string unit, decimal factor) = Units.FirstOrDefault(unit => trimmed.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase), (string.Empty, 1));
        if (!decimal.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) || number > long.MaxValue / factor)
            throw new SettingException($"'{text}' is not {Expected}");
        decimal bytes = number * factor;
        if (bytes != decimal.Truncate(bytes))
            throw new SettingException($"'{text}' is not a whole number of bytes");
        return (long)bytes;
    }

    /// <summary>The size in the largest unit, of 1024 each, that leaves a whole number.</summary>
    public static string Format(long bytes)
    {
        (string unit, decimal factor) = Units.Take(4).FirstOrDefault(unit => bytes != 0 && bytes % unit.Bytes == 0, (string.Empty, 1));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor:0}{unit}");
    }
}
