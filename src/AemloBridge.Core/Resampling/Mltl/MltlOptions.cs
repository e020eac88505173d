namespace AemloBridge.Resampling.Mltl;

/// <summary>The options of MLTL; a new instance holds the defaults.</summary>
public sealed record MltlOptions : NeighbourOptions
{
    /// <summary>The default of <see cref="Neighbours"/>.</summary>
    public const int DefaultNeighbours = 5;

    /// <inheritdoc/>
    public override string Method => "mltl";

    /// <summary>k: how many of a row's nearest rows are its neighbours.</summary>
    public int Neighbours { get; init; } = DefaultNeighbours;

    /// <summary>Which rows go.</summary>
    public MltlMode Mode { get; init; } = MltlMode.Mutual;

    /// <summary>TH: label sets differ when their distance is above it; null for the rule of Pereira et al. by MeanIR and SCUMBLE.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether rows with a minority label always stay; in the mode <see cref="MltlMode.Mutual"/> they do in any case.</summary>
    public bool ProtectMinority { get; init; } = true;

    /// <summary>Divides by the size of the union of two label sets (Jaccard), not by the sum of their sizes.</summary>
    public bool JaccardDenominator { get; init; }
}
