namespace AemloBridge.Neighbours.Estimates;

/// <summary>How far an estimate of d² may be from what <see cref="DistanceSpace"/> measures.</summary>
/// <remarks>
/// With u = 2⁻²⁴, a float32 sum of t non-zero products in any order, fused or not, started with N(r), is off by at most
/// γ_(t+1)·(N(r) + Σ|A·B|), where γ_n = nu/(1 − nu) (Higham 2002, section 3.1), rounding A, B and N(r) to float32 by
/// 3u times the same, and Σ|A·B| ≤ ‖A‖·‖B‖. The measured d², and A, B, N(q) and N(r) before they are rounded, are
/// float64 with no more than d + 16 roundings of 2⁻⁵³ each, relative to no more than N(q) + N(r) + ‖A‖·‖B‖. Where
/// numbers below 2⁻¹²⁶ are taken for 0, the last term covers it. All of it is rounded up generously.
/// </remarks>
internal sealed class EstimateBound
{
    private const double Unit = 1.0 / (1 << 24);
    private const double Float64Unit = 1.0 / (1L << 52);

    /// <summary>Below float32's largest number by far more than any intermediate sum can exceed its bound.</summary>
    private const double Largest = 1e37;

    private static readonly double Smallest = Math.ScaleB(1, -120);

    private readonly int _columns;
    private readonly double _inputRounding;
    private double _norm;
    private double _length;
    private bool _whole = true;

    /// <summary>A bound without candidates.</summary>
    /// <param name="columns">d.</param>
    /// <param name="inputRounding">What the device rounds factors to beyond float32, relative; 0 where it does not.</param>
    public EstimateBound(int columns, double inputRounding = 0)
    {
        _columns = columns;
        _inputRounding = inputRounding;
    }

    /// <summary>Takes a candidate in.</summary>
    public void Include(RowCode candidate)
    {
        // Math.Max keeps NaN, which makes every error infinite.
        _norm = Math.Max(_norm, candidate.Norm);
        _length = Math.Max(_length, candidate.RightLength);
        _whole &= candidate.IsWhole;
    }

    /// <summary>Takes the candidates of another bound in.</summary>
    public void Include(EstimateBound other)
    {
        _norm = Math.Max(_norm, other._norm);
        _length = Math.Max(_length, other._length);
        _whole &= other._whole;
    }

    /// <summary>The largest error of a query's estimates; 0 where they are exact, infinite where they are of no use.</summary>
    public double Error(RowCode query)
    {
        double products = query.LeftLength * _length;
        double total = query.Norm + _norm + products;
        if (!(total < Largest))
            return double.PositiveInfinity;
        if (_whole && query.IsWhole && total < 1 / Unit && _inputRounding == 0)
            return 0;
        double roundings = (query.Count + 8) * Unit;
        if (roundings > 0.5)
            return double.PositiveInfinity;
        return (roundings / (1 - roundings) + 3 * _inputRounding) * (_norm + products)
            + (_columns + 32) * Float64Unit * total
            + (query.Count + 4) * Smallest * (1 + query.LeftLength + _length);
    }
}
