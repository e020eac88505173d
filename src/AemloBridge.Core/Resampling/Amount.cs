using System.Globalization;

namespace AemloBridge.Resampling;

/// <summary>How many rows a method is to add or take away: an exact number, or a share of the given rows.</summary>
internal static class Amount
{
    /// <summary>num, or ⌊p·n⌋.</summary>
    /// <param name="rate">p.</param>
    /// <param name="num">The exact number, or null.</param>
    /// <param name="rows">n.</param>
    public static int Of(double rate, int? num, int rows) => num ?? (int)Math.Min(ByRate(rate, rows), int.MaxValue);

    /// <summary>⌊p·n⌋ of p as it is written: in binary 0.7 · 90 falls just short of 63.</summary>
    public static long ByRate(double rate, int rows) => (long)Math.Floor((decimal)rate * rows);

    /// <summary>Why <see cref="Of"/> is none.</summary>
    public static string WhyNone(double rate, int? num, int rows) => num == 0
        ? "nothing was done: --num is 0"
        : string.Create(CultureInfo.InvariantCulture, $"nothing was done: a rate of {rate} of {rows} rows is less than one row");
}
