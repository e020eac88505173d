using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>Σ t², the squared Frobenius norm.</summary>
internal static class SquaredNorm
{
    /// <summary>Squares, then libtorch's pairwise sum: a dot product would add a batch's cells one by one in float32.</summary>
    /// <param name="tensor">Any shape.</param>
    public static Tensor Of(Tensor tensor)
    {
        using Tensor squares = tensor * tensor;
        return squares.sum();
    }
}
