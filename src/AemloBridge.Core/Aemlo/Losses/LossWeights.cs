using AemloBridge.Aemlo.Options;

namespace AemloBridge.Aemlo.Losses;

/// <summary>The part of the options that the loss depends on.</summary>
/// <param name="Alpha">α of equation (2).</param>
/// <param name="Beta">β of equation (2).</param>
/// <param name="Lambda">λ of equation (3).</param>
/// <param name="LambdaStructure">λ of equation (5).</param>
/// <param name="Reconstruction">Form of 𝓜.</param>
/// <param name="MeanOrthonormality">True for ‖ZᵀZ/n − I‖².</param>
/// <param name="DecodeBoth">True trains Fdy on Fex(X) as well as on Fey(Y).</param>
/// <param name="CrossEntropy">Weight of the cross-entropy inside Γ.</param>
/// <param name="RankingEpsilon">Constant in Γ's denominator.</param>
/// <param name="SigmoidLabels">True when Γ sees sigmoid(Fdy), false when it sees Fdy itself and rows that overflow count as 0.</param>
/// <param name="MeanOverRows">True divides everything by the batch's rows.</param>
internal sealed record LossWeights(
    double Alpha,
    double Beta,
    double Lambda,
    double LambdaStructure,
    ReconstructionKind Reconstruction,
    bool MeanOrthonormality,
    bool DecodeBoth,
    double CrossEntropy,
    double RankingEpsilon,
    bool SigmoidLabels,
    bool MeanOverRows)
{
    public static LossWeights Of(AemloOptions options) => new(
        options.Alpha,
        options.Beta,
        options.Lambda,
        options.LambdaStructure,
        options.Reconstruction,
        options.Orthonormality == OrthonormalityKind.Mean,
        options.LabelDecoderInput == LabelDecoderInput.Both,
        options.CrossEntropy,
        options.RankingEpsilon,
        options.Network == NetworkKind.Paper,
        options.MeanOverRows);
}
