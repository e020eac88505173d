using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>‖Zx − Zy‖²_F, the first term of equation (3): what features and labels say of a row should agree.</summary>
internal static class CorrelationLoss
{
    /// <param name="zx">n × l.</param>
    /// <param name="zy">n × l.</param>
    /// <returns>The term and its gradient by <paramref name="zx"/>; the one by <paramref name="zy"/> is its negative.</returns>
    public static LossValue Compute(Tensor zx, Tensor zy)
    {
        Tensor difference = zx - zy;
        return new LossValue(SquaredNorm.Of(difference), difference.mul_(Constant.Two));
    }
}
