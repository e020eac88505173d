using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>
/// Γ of equation (8), in the exponential form that can be differentiated: for each row the mean of exp(f_b − f_a) over
/// its pairs of a label a it has and a label b it lacks. The double sum is a product of two sums, so nothing of size
/// n × q × q is built.
/// </summary>
internal static class RankingLoss
{
    /// <summary>The loss, computed in float64 when the scores are unbounded: exp(80) times q² must not overflow on the way.</summary>
    /// <param name="scores">f, n × q.</param>
    /// <param name="labels">Y, n × q, 0 or 1, of the scores' type.</param>
    /// <param name="epsilon">Added to |Y||Ȳ| in the denominator.</param>
    /// <param name="bounded">True when |f| ≤ 1, so that float32 is enough.</param>
    /// <param name="dropNonFinite">True counts a row whose loss overflows as 0, as the authors' code does.</param>
    public static LossValue Compute(Tensor scores, Tensor labels, double epsilon, bool bounded, bool dropNonFinite)
    {
        ScalarType type = scores.dtype;
        Tensor f = bounded ? scores : scores.to(ScalarType.Float64);
        Tensor y = bounded ? labels : labels.to(ScalarType.Float64);
        Tensor absent = y.neg().Accumulate(Constant.One);
        Tensor weight = PairWeights(y, absent, epsilon);

        // e holds exp(−f) where the label is there and exp(f) where it is not.
        Tensor e = y.mul(Constant.MinusTwo).Accumulate(Constant.One).mul_(f).exp_();
        // Blanked out, not multiplied by 0: an infinite e would make NaN of it.
        Tensor present = e.masked_fill(y.le(Constant.Zero), Constant.Zero);
        Tensor missing = e.masked_fill(y.gt(Constant.Zero), Constant.Zero);
        Tensor presentSum = present.sum(1, keepdim: true);
        Tensor missingSum = missing.sum(1, keepdim: true);
        Tensor rows = weight * presentSum * missingSum;
        Tensor gradient = missing * (weight * presentSum) - present * (weight * missingSum);
        if (dropNonFinite)
        {
            // What counts is whether the row fits the scores' own type. x − x is 0 for finite numbers and NaN for others.
            Tensor narrow = rows.to(type);
            Tensor overflown = (narrow - narrow).ne(Constant.Zero);
            rows.masked_fill_(overflown, Constant.Zero);
            gradient.masked_fill_(overflown, Constant.Zero);
        }

        return new LossValue(rows.sum().to(type), gradient.to(type));
    }

    /// <summary>1 / (|Y||Ȳ| + ε) for each row; 0 for rows with no label or with all of them.</summary>
    private static Tensor PairWeights(Tensor y, Tensor absent, double epsilon)
    {
        Tensor pairs = y.sum(1, keepdim: true) * absent.sum(1, keepdim: true);
        return pairs.Plus(Constant.Of(epsilon)).reciprocal_().masked_fill_(pairs.le(Constant.Zero), Constant.Zero);
    }
}
