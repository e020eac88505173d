using AemloBridge.Resampling.Mlsmote;

namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>The options of REMEDIAL-HwR.</summary>
public sealed record RemedialHwrOptions : NeighbourOptions
{
    /// <inheritdoc/>
    public override string Method => "remedial-hwr";

    /// <summary>What follows the decoupling.</summary>
    public HwrPartner Partner { get; init; }

    /// <summary>MLROS: p, clones as a share of the rows after decoupling.</summary>
    public double Rate { get; init; } = AmountOptions.DefaultRate;

    /// <summary>MLROS and MLSMOTE: the exact number of rows that are added; null for <see cref="Rate"/>, or one for every row of every minority label.</summary>
    public int? Num { get; init; }

    /// <summary>The partner's k; null for its own default.</summary>
    public int? Neighbours { get; init; }

    /// <summary>MLSMOTE: which labels a new row gets.</summary>
    public LabelRule LabelRule { get; init; } = LabelRule.Ranking;

    /// <summary>MLeNN: the adjusted Hamming distance above which the labels of two rows differ.</summary>
    public double Difference { get; init; } = EditedNearestNeighbours.DefaultDifference;
}
