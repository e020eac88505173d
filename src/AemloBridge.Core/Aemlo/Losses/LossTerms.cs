using System.Text.Json.Serialization;

namespace AemloBridge.Aemlo.Losses;

/// <summary>
/// The terms of the loss, equation (2), each as it enters the sum before its weight. Over an epoch: the mean over its batches.
/// </summary>
/// <param name="Total">Θ, the weighted sum that is minimised.</param>
/// <param name="Correlation">‖Zx − Zy‖²_F of equation (3).</param>
/// <param name="OrthonormalityX">‖ZxᵀZx − I‖²_F of equation (4), scaled as the options say.</param>
/// <param name="OrthonormalityY">The same for Zy.</param>
/// <param name="Reconstruction">𝓜 of equation (6).</param>
/// <param name="Structure">𝓢 of equation (7).</param>
/// <param name="Ranking">The surrogate of the ranking loss, equation (8).</param>
/// <param name="CrossEntropy">The binary cross-entropy summed over labels; 0 when not used.</param>
public sealed record LossTerms(
    double Total,
    double Correlation,
    double OrthonormalityX,
    double OrthonormalityY,
    double Reconstruction,
    double Structure,
    double Ranking,
    double CrossEntropy)
{
    /// <summary>The name of <see cref="Total"/>.</summary>
    public const string TotalName = "total";

    /// <summary>The terms by name, in the order of the formula, the total first.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, double>> Named =>
    [
        new(TotalName, Total),
        new("correlation", Correlation),
        new("orthonormality-x", OrthonormalityX),
        new("orthonormality-y", OrthonormalityY),
        new("reconstruction", Reconstruction),
        new("structure", Structure),
        new("ranking", Ranking),
        new("cross-entropy", CrossEntropy),
    ];
}
