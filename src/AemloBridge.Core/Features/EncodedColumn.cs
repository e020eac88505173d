namespace AemloBridge.Features;

/// <summary>How one feature appears in the numeric matrix the network sees.</summary>
public enum ColumnKind
{
    /// <summary>A numeric feature, scaled to [0, 1].</summary>
    Numeric,

    /// <summary>A nominal feature of one or two values: one 0/1 column.</summary>
    Binary,

    /// <summary>A nominal feature of three or more values: one column for each.</summary>
    OneHot,
}

/// <summary>The encoding of one feature, fitted on the given rows.</summary>
/// <param name="Kind">How it is encoded.</param>
/// <param name="First">Its first column in the encoded matrix.</param>
/// <param name="Width">How many columns it takes: 1, or the number of values for one-hot.</param>
/// <param name="Minimum">Smallest value seen; 0 for one-hot; NaN when every value is missing.</param>
/// <param name="Maximum">Largest value seen; NaN when every value is missing.</param>
/// <param name="Fill">What stands for a missing value: the mean of a numeric feature, the mode (a code) of a nominal one.</param>
/// <param name="IsIntegral">True when every value seen is a whole number.</param>
/// <param name="SmallestMagnitude">Smallest absolute value seen other than 0; 0 when there is none.</param>
/// <param name="ShareOfOnes">Share of the rows (missing ones filled) with code 1; for binary columns.</param>
/// <param name="MissingCount">How many values are missing.</param>
public sealed record EncodedColumn(
    ColumnKind Kind,
    int First,
    int Width,
    double Minimum,
    double Maximum,
    double Fill,
    bool IsIntegral,
    double SmallestMagnitude,
    double ShareOfOnes,
    int MissingCount)
{
    /// <summary>Maximum − minimum; 0 for a constant column and for one without values.</summary>
    /// <remarks>A range too small to be halved cannot be scaled and counts as none.</remarks>
    public double Range => Maximum / 2 > Minimum / 2 ? Maximum - Minimum : 0;

    /// <summary>True when all rows hold one value (or none): it is encoded as 0 and decoded as that value.</summary>
    public bool IsConstant => Kind != ColumnKind.OneHot && Range == 0;

    /// <summary>True when no row has a value.</summary>
    public bool IsEmpty => double.IsNaN(Fill);

    /// <summary>The encoded form of a value in a single column.</summary>
    // Halves: the difference of two numbers near the ends of float64 would overflow.
    public float Scale(double value) => Range == 0 ? 0f : (float)((value / 2 - Minimum / 2) / (Maximum / 2 - Minimum / 2));

    /// <summary>A difference in the encoded column, as a difference of values.</summary>
    public double UnscaleDifference(double difference) => difference * (Maximum / 2 - Minimum / 2) * 2;

    /// <summary>The value nearest to a number that the column may hold: within the range seen, and a whole number where all seen are and it is to be.</summary>
    public double Nearest(double value, bool round)
    {
        double inside = Math.Clamp(value, Minimum, Maximum);
        return round && IsIntegral ? Math.Round(inside, MidpointRounding.AwayFromZero) : inside;
    }

    /// <summary>The value that an encoded cell stands for.</summary>
    public double Unscale(double encoded) => Range == 0 ? Minimum : (Minimum / 2 + encoded * (Maximum / 2 - Minimum / 2)) * 2;
}
