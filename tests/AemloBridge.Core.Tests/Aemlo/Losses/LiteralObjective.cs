using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

/// <summary>
/// The loss written as the equations stand, with autograd: n × n × d differences for 𝓢, n × q × q pairs for Γ, l × l
/// matrices for the orthonormality terms. Slow, and the measure for the fast one in tests and benchmarks.
/// </summary>
internal sealed class LiteralObjective(NetworkShape shape, LossWeights weights, IReadOnlyDictionary<string, Tensor> parameters)
{
    /// <summary>The weighted total, ready for backward, and all terms in the order of <see cref="LossTerms"/>.</summary>
    public (Tensor Total, Tensor[] Terms) Loss(Tensor x, Tensor y)
    {
        long n = x.shape[0];
        Tensor zx = Encode("fex", x, leakyLast: true);
        Tensor zy = shape.Kind == NetworkKind.Paper ? Encode("fey", y, leakyLast: true) : EncodeLabelsPublished(y);
        Tensor decoded = shape.Kind == NetworkKind.Paper ? Linear("fdx", zx) : Linear("fdx2", Leaky(Linear("fdx1", zx)));

        Tensor correlation = (zx - zy).pow(2).sum();
        Tensor orthonormalX = Orthonormality(zx, n);
        Tensor orthonormalY = Orthonormality(zy, n);
        Tensor distance = weights.Reconstruction == ReconstructionKind.Squared ? (decoded - x).pow(2).sum() : (decoded - x).abs().mean();
        Tensor structure = Structure(x, decoded, n);
        (Tensor ranking, Tensor entropy) = Labels(zy, y);
        if (weights.DecodeBoth)
        {
            (Tensor second, Tensor secondEntropy) = Labels(zx, y);
            (ranking, entropy) = (ranking + second, entropy + secondEntropy);
        }

        Tensor total = correlation + weights.Lambda * (orthonormalX + orthonormalY)
            + weights.Alpha * (distance + weights.LambdaStructure * structure)
            + weights.Beta * (ranking + weights.CrossEntropy * entropy);
        if (weights.MeanOverRows)
            total = total / n;
        return (total, [total, correlation, orthonormalX, orthonormalY, distance, structure, ranking, entropy]);
    }

    private Tensor Encode(string name, Tensor input, bool leakyLast)
    {
        Tensor current = input;
        for (int layer = 1; layer <= shape.Layers; layer++)
        {
            current = Linear($"{name}{layer}", current);
            if (layer < shape.Layers || leakyLast)
                current = Leaky(current);
        }

        return current;
    }

    private Tensor EncodeLabelsPublished(Tensor y)
    {
        Tensor hidden = Leaky(Linear("fey1", y));
        return Linear("fey2", hidden * Linear("fey.gate", hidden).sigmoid());
    }

    private Tensor Orthonormality(Tensor z, long n)
    {
        Tensor gram = z.t().mm(z);
        if (weights.MeanOrthonormality)
            gram = gram / n;
        return (gram - eye(z.shape[1], dtype: z.dtype)).pow(2).sum();
    }

    private static Tensor Structure(Tensor x, Tensor decoded, long n)
    {
        if (n < 2)
            return zeros([], dtype: x.dtype);
        Tensor before = (x.unsqueeze(1) - x.unsqueeze(0)).pow(2).sum(2L);
        Tensor after = (decoded.unsqueeze(1) - decoded.unsqueeze(0)).pow(2).sum(2L);
        return (before - after).pow(2).sum() / ((double)n * (n - 1));
    }

    private (Tensor Ranking, Tensor Entropy) Labels(Tensor z, Tensor y)
    {
        Tensor logits = shape.Kind == NetworkKind.Paper ? Linear("fdy", z) : Linear("fdy2", Leaky(Linear("fdy1", z)));
        Tensor f = weights.SigmoidLabels ? logits.sigmoid() : logits;
        Tensor differences = f.unsqueeze(2) - f.unsqueeze(1);
        Tensor pairs = y.unsqueeze(2) * (1 - y).unsqueeze(1);
        Tensor errors = (pairs * (-differences).exp()).sum(1, 2);
        Tensor counts = y.sum(1L) * (1 - y).sum(1L);
        Tensor ranking = where(counts.gt(0), errors / (counts + weights.RankingEpsilon).clamp_min(1e-12), zeros_like(errors)).sum();
        if (weights.CrossEntropy == 0)
            return (ranking, zeros([], dtype: z.dtype));
        Tensor p = logits.sigmoid();
        return (ranking, -(y * p.log() + (1 - y) * (1 - p).log()).sum());
    }

    private Tensor Linear(string name, Tensor input) => input.mm(parameters[name + ".weight"].t()) + parameters[name + ".bias"];

    private Tensor Leaky(Tensor input) => nn.functional.leaky_relu(input, shape.Slope);
}
