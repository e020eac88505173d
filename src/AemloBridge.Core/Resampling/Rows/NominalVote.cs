using AemloBridge.Data;

namespace AemloBridge.Resampling.Rows;

/// <summary>
/// The most frequent value of a nominal column among some rows, missing values not counted. On a tie the seed's value if
/// it is among the tied ones, else the one declared first; the seed's value where all are missing.
/// </summary>
/// <param name="features">The columns.</param>
internal sealed class NominalVote(IReadOnlyList<DataAttribute> features)
{
    private readonly int[] _counts = new int[features.Max(feature => feature.Values.Count)];

    /// <summary>The value elected.</summary>
    /// <param name="seed">The seed's value, NaN where missing.</param>
    /// <param name="votes">Positions of values, NaN where missing.</param>
    public double Of(double seed, ReadOnlySpan<double> votes)
    {
        int most = 0;
        foreach (double vote in votes)
        {
            if (!double.IsNaN(vote))
                most = Math.Max(most, ++_counts[(int)vote]);
        }

        double elected = seed;
        if (most > 0 && (double.IsNaN(seed) || _counts[(int)seed] < most))
        {
            elected = double.PositiveInfinity;
            foreach (double vote in votes)
            {
                if (!double.IsNaN(vote) && _counts[(int)vote] == most)
                    elected = Math.Min(elected, vote);
            }
        }

        foreach (double vote in votes)
        {
            if (!double.IsNaN(vote))
                _counts[(int)vote] = 0;
        }

        return elected;
    }
}
