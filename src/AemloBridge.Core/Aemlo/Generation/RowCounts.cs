using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo.Generation;

/// <summary>How many rows a run is to make, and the sentences for when that is none or fewer than the rate says.</summary>
internal static class RowCounts
{
    /// <summary>Why nothing can be made where |M| = 0.</summary>
    public const string NoMinority = "no row has a minority label, so there is nothing to make new rows from (--minority-rule chooses which labels count)";

    /// <summary>num, or ⌊p·n⌋ within the limit per seed.</summary>
    /// <param name="options">The options.</param>
    /// <param name="rows">n.</param>
    /// <param name="minorityRows">|M|.</param>
    public static int Wanted(AemloOptions options, int rows, int minorityRows)
    {
        if (options.Num is { } num)
            return num;
        long byRate = ByRate(options, rows);
        return (int)Math.Min(options.MaxPerSeed == 0 ? byRate : Math.Min(byRate, (long)options.MaxPerSeed * minorityRows), int.MaxValue);
    }

    /// <summary>The warning for a number that the limit per seed made smaller.</summary>
    public static IReadOnlyList<string> Reductions(AemloOptions options, int rows, int minorityRows)
    {
        int wanted = Wanted(options, rows, minorityRows);
        return options.Num is not null || wanted >= ByRate(options, rows)
            ? []
            : [$"{wanted} rows instead of {ByRate(options, rows)}: at most {options.MaxPerSeed} new rows are made from each of the {minorityRows} minority rows (--max-per-seed; 0 lifts the limit, --num sets the number)"];
    }

    /// <summary>Why there is nothing to make.</summary>
    public static string WhyNone(AemloOptions options, int rows, int minorityRows)
    {
        if (minorityRows == 0)
            return NoMinority;
        return options.Num == 0
            ? "no rows were made: --num is 0"
            : string.Create(CultureInfo.InvariantCulture, $"no rows were made: a rate of {options.Rate} of {rows} rows is less than one row");
    }

    private static long ByRate(AemloOptions options, int rows) => Amount.ByRate(options.Rate, rows);
}
