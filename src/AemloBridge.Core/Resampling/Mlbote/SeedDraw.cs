using AemloBridge.Randomness;
using AemloBridge.Resampling.Rows;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// Draws seeds and reference rows. Per row, in this order: one uniform number for the seed, by the cumulative sums of the
/// weights in row order; unless the seed has no reference row, which drops the draw, one for the reference row and one for u.
/// </summary>
/// <param name="references">For each original row its nearest rows with the same labels.</param>
/// <param name="stepSize">u is uniform in [0, stepSize).</param>
/// <param name="random">The source of random numbers.</param>
internal sealed class SeedDraw(int[][] references, double stepSize, SeededRandom random)
{
    /// <summary>Draws rows.</summary>
    /// <param name="weights">Not negative, one per original row; where all are 0 nothing is drawn.</param>
    /// <param name="count">How many seeds are drawn; not more rows come of it.</param>
    public List<DrawnRow> Draw(ReadOnlySpan<double> weights, int count)
    {
        var drawn = new List<DrawnRow>();
        var seeds = new WeightedRows(weights);
        for (int at = 0; at < count && seeds.Total > 0; at++)
        {
            int seed = seeds.Next(random);
            int[] nearest = references[seed];
            if (nearest.Length == 0)
                continue;
            int reference = nearest[(int)(random.NextDouble() * nearest.Length)];
            drawn.Add(new DrawnRow(seed, reference, stepSize * random.NextDouble()));
        }

        return drawn;
    }
}
