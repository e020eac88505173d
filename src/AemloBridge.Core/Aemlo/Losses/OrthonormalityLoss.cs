using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>‖s·ZᵀZ − I_l‖²_F of equation (4): s = 1 as the paper writes it, s = 1/n for its mean form.</summary>
internal static class OrthonormalityLoss
{
    /// <summary>
    /// The term, over whichever Gram matrix is smaller. ZᵀZ and ZZᵀ share their nonzero eigenvalues, and the l − n
    /// others of ZᵀZ are 0, so for n &lt; l the term is ‖s·ZZᵀ − I_n‖² + (l − n), without cancellation.
    /// </summary>
    /// <param name="z">n × l.</param>
    /// <param name="mean">True for s = 1/n.</param>
    public static LossValue Compute(Tensor z, bool mean)
    {
        long rows = z.shape[0], latent = z.shape[1];
        double scale = mean ? 1.0 / rows : 1.0;
        bool byRows = rows < latent;
        using Tensor transposed = z.t();
        Tensor gram = byRows ? z.mm(transposed) : transposed.mm(z);
        if (mean)
            gram.mul_(Constant.Of(scale));
        gram.diagonal().sub_(Constant.One);
        Tensor value = SquaredNorm.Of(gram);
        if (byRows)
            value.Accumulate(Constant.Of(latent - rows));
        Tensor gradient = byRows ? gram.mm(z) : z.mm(gram);
        return new LossValue(value, gradient.mul_(Constant.Of(4 * scale)));
    }
}
