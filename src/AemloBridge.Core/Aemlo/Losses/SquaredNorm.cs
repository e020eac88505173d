using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>Σ t², the squared Frobenius norm.</summary>
internal static class SquaredNorm
{
    /// <summary>
    /// One reduction, nothing of the tensor's size allocated: squares as a temporary would fragment the C heap to twice
    /// the resident memory within an epoch, and a dot product would add the cells one by one in float32.
    /// </summary>
    /// <param name="tensor">Any shape.</param>
    public static Tensor Of(Tensor tensor)
    {
        Tensor norm = tensor.norm();
        return norm.mul_(norm);
    }
}
