using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>
/// 𝓢 of equation (7): mean squared difference, over ordered pairs of rows, between their squared distances before and
/// after reconstruction. Computed from two n × n Gram matrices; nothing of size n × n × d is built.
/// </summary>
internal static class StructureLoss
{
    /// <param name="reconstruction">x′, n × d.</param>
    /// <param name="rows">x, n × d.</param>
    /// <returns>The term and its gradient by <paramref name="reconstruction"/>; both 0 for a batch of one row.</returns>
    public static LossValue Compute(Tensor reconstruction, Tensor rows)
    {
        long n = rows.shape[0];
        if (n < 2)
            return new LossValue(zeros([], dtype: rows.dtype, device: rows.device), zeros_like(reconstruction));
        double pairs = (double)n * (n - 1);
        Tensor error = SquaredDistances(reconstruction).sub_(SquaredDistances(rows));
        Tensor value = SquaredNorm.Of(error).mul_(Constant.Of(1 / pairs));

        // d𝓢/dD′ = 2E/pairs for each ordered pair; D′_kj appears twice and brings 2(x′_k − x′_j) each time.
        error.mul_(Constant.Of(8 / pairs));
        Tensor weights = error.sum(1, keepdim: true);
        Tensor gradient = (weights * reconstruction).addmm_(error.neg(), reconstruction);
        return new LossValue(value, gradient);
    }

    /// <summary>‖x_i − x_j‖² for all pairs, n × n, never negative and 0 on the diagonal.</summary>
    internal static Tensor SquaredDistances(Tensor rows)
    {
        using Tensor transposed = rows.t();
        Tensor gram = rows.mm(transposed);
        using Tensor norms = gram.diagonal().clone();
        using Tensor column = norms.unsqueeze(1);
        return gram.mul_(Constant.MinusTwo).Accumulate(column).Accumulate(norms).clamp_min_(Constant.Zero);
    }
}
