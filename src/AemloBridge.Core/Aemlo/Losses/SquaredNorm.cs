using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>Σ t², the squared Frobenius norm, as one dot product.</summary>
internal static class SquaredNorm
{
    /// <param name="tensor">Any shape, contiguous.</param>
    public static Tensor Of(Tensor tensor)
    {
        using Tensor flat = tensor.view(-1);
        return flat.dot(flat);
    }
}
