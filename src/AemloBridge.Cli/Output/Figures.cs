using System.Globalization;

namespace AemloBridge.Cli.Output;

/// <summary>How numbers are written for people; JSON carries all digits instead.</summary>
internal static class Figures
{
    /// <summary>A ratio with two decimals, as the paper's Table 1 has them.</summary>
    public static string Ratio(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NaN => "-",
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>A share or a mean with four decimals.</summary>
    public static string Fine(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands separated.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
