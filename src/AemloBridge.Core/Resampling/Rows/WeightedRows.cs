using AemloBridge.Randomness;

namespace AemloBridge.Resampling.Rows;

/// <summary>Draws rows with probability proportional to weights, by their cumulative sums in row order; one uniform number a draw.</summary>
internal sealed class WeightedRows
{
    private readonly double[] _cumulative;
    private readonly int _last;

    /// <summary>Prepares the draws.</summary>
    /// <param name="weights">n weights, none negative.</param>
    public WeightedRows(ReadOnlySpan<double> weights)
    {
        _cumulative = new double[weights.Length];
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            _cumulative[row] = sum += weights[row];
            if (weights[row] > 0)
                _last = row;
        }

        Total = sum;
    }

    /// <summary>The sum of the weights; where it is 0 nothing can be drawn.</summary>
    public double Total { get; }

    /// <summary>A row: the first whose cumulative sum exceeds u times the total.</summary>
    public int Next(SeededRandom random)
    {
        double target = random.NextDouble() * Total;
        int low = 0;
        int high = _cumulative.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_cumulative[middle] > target)
                high = middle;
            else
                low = middle + 1;
        }

        // Rounding may take the target to the total itself.
        return Math.Min(low, _last);
    }
}
