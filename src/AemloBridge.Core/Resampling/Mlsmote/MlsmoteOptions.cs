using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlsmote;

/// <summary>The options of MLSMOTE; a new instance holds the defaults.</summary>
public sealed record MlsmoteOptions : NeighbourOptions
{
    /// <summary>The default of <see cref="Neighbours"/>.</summary>
    public const int DefaultNeighbours = 5;

    /// <inheritdoc/>
    public override string Method => "mlsmote";

    /// <summary>k: how many of a row's nearest rows with the same label are its neighbours; all others where a label has fewer rows.</summary>
    public int Neighbours { get; init; } = DefaultNeighbours;

    /// <summary>Which labels a new row gets.</summary>
    public LabelRule LabelRule { get; init; } = LabelRule.Ranking;

    /// <summary>How nominal values differ; VDM is that of the label whose rows are searched.</summary>
    public NominalDistance NominalDistance { get; init; } = NominalDistance.Vdm;

    /// <summary>Exact number of new rows; null makes one for every row of every minority label.</summary>
    public int? Num { get; init; }
}
