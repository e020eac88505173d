using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>Θ = Φ + αΨ + βΓ of equation (2) over one batch: its terms, and the gradient of every parameter.</summary>
internal sealed class AemloObjective(AemloNetwork network, LossWeights weights)
{
    /// <summary>How many terms <see cref="Step"/> returns: those of <see cref="LossTerms"/>, in its order.</summary>
    public const int TermCount = 8;

    /// <summary>Runs forward and backward; the parameters' gradients are overwritten.</summary>
    /// <param name="x">n × inputs, encoded features.</param>
    /// <param name="y">n × q, 0 or 1.</param>
    /// <returns>The terms as one vector on the device, so that nothing waits for the device here.</returns>
    public Tensor Step(Tensor x, Tensor y)
    {
        double scale = weights.MeanOverRows ? 1.0 / x.shape[0] : 1.0;
        Tensor zx = network.Fex.Forward(x);
        Tensor zy = network.Fey.Forward(y);

        LossValue correlation = CorrelationLoss.Compute(zx, zy);
        LossValue orthonormalX = OrthonormalityLoss.Compute(zx, weights.MeanOrthonormality);
        LossValue orthonormalY = OrthonormalityLoss.Compute(zy, weights.MeanOrthonormality);

        // Gradients of the latent rows start with Φ; Ψ and Γ add to them through the decoders.
        Tensor zxGradient = correlation.Gradient.mul_(Constant.Of(scale));
        Tensor zyGradient = zxGradient.neg();
        zxGradient.add_(orthonormalX.Gradient, Constant.Of(weights.Lambda * scale));
        zyGradient.add_(orthonormalY.Gradient, Constant.Of(weights.Lambda * scale));

        (Tensor reconstruction, Tensor structure) = Reconstruct(x, zx, zxGradient, scale);
        (Tensor ranking, Tensor crossEntropy) = DecodeLabels(y, zx, zy, zxGradient, zyGradient, scale);

        network.Fex.Backward(zxGradient, needInputGradient: false);
        network.Fey.Backward(zyGradient, needInputGradient: false);

        Tensor phi = orthonormalX.Value.Plus(orthonormalY.Value).mul_(Constant.Of(weights.Lambda)).Accumulate(correlation.Value);
        Tensor psi = structure.mul(Constant.Of(weights.LambdaStructure)).Accumulate(reconstruction);
        Tensor gamma = crossEntropy.mul(Constant.Of(weights.CrossEntropy)).Accumulate(ranking);
        Tensor total = phi.add_(psi, Constant.Of(weights.Alpha)).add_(gamma, Constant.Of(weights.Beta)).mul_(Constant.Of(scale));
        return stack([total, correlation.Value, orthonormalX.Value, orthonormalY.Value, reconstruction, structure, ranking, crossEntropy]);
    }

    private (Tensor Reconstruction, Tensor Structure) Reconstruct(Tensor x, Tensor zx, Tensor zxGradient, double scale)
    {
        Tensor decoded = network.Fdx.Forward(zx);
        LossValue distance = ReconstructionLoss.Compute(decoded, x, weights.Reconstruction);
        LossValue structure = StructureLoss.Compute(decoded, x);
        Tensor gradient = distance.Gradient.add_(structure.Gradient, Constant.Of(weights.LambdaStructure)).mul_(Constant.Of(weights.Alpha * scale));
        zxGradient.Accumulate(network.Fdx.Backward(gradient, needInputGradient: true)!);
        return (distance.Value, structure.Value);
    }

    private (Tensor Ranking, Tensor CrossEntropy) DecodeLabels(Tensor y, Tensor zx, Tensor zy, Tensor zxGradient, Tensor zyGradient, double scale)
    {
        // Both inputs go through Fdy as one batch: one pass, and each parameter gradient is written once.
        Tensor latent = weights.DecodeBoth ? cat([zy, zx], 0) : zy;
        Tensor labels = weights.DecodeBoth ? cat([y, y], 0) : y;
        Tensor logits = network.Fdy.Forward(latent);
        Tensor scores = weights.SigmoidLabels ? logits.sigmoid() : logits;
        LossValue ranking = RankingLoss.Compute(scores, labels, weights.RankingEpsilon, weights.SigmoidLabels, dropNonFinite: !weights.SigmoidLabels);
        Tensor gradient = ranking.Gradient;
        if (weights.SigmoidLabels)
            gradient = gradient.mul_(scores).mul_(scores.neg().Accumulate(Constant.One));
        Tensor crossEntropy = zeros_like(ranking.Value);
        if (weights.CrossEntropy != 0)
        {
            LossValue entropy = CrossEntropyLoss.Compute(logits, weights.SigmoidLabels ? scores : logits.sigmoid(), labels);
            gradient.add_(entropy.Gradient, Constant.Of(weights.CrossEntropy));
            crossEntropy = entropy.Value;
        }

        Tensor latentGradient = network.Fdy.Backward(gradient.mul_(Constant.Of(weights.Beta * scale)), needInputGradient: true)!;
        long rows = y.shape[0];
        zyGradient.Accumulate(weights.DecodeBoth ? latentGradient.narrow(0, 0, rows) : latentGradient);
        if (weights.DecodeBoth)
            zxGradient.Accumulate(latentGradient.narrow(0, rows, rows));
        return (ranking.Value, crossEntropy);
    }
}
