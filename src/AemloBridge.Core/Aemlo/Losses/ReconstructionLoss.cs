using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>𝓜 of equation (6): the distance between rows and their reconstructions.</summary>
internal static class ReconstructionLoss
{
    /// <param name="reconstruction">x′, n × d.</param>
    /// <param name="rows">x, n × d.</param>
    /// <param name="kind">Squared sum, or mean absolute error over all cells.</param>
    public static LossValue Compute(Tensor reconstruction, Tensor rows, ReconstructionKind kind)
    {
        Tensor difference = reconstruction - rows;
        if (kind == ReconstructionKind.Squared)
            return new LossValue(SquaredNorm.Of(difference), difference.mul_(Constant.Two));
        double cells = difference.numel();
        Tensor sign = difference.sign();
        Tensor value = (difference * sign).mean();
        return new LossValue(value, sign.mul_(Constant.Of(1 / cells)));
    }
}
