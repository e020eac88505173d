namespace AemloBridge.Resampling.Mlsol;

/// <summary>The options of MLSOL; a new instance holds the defaults.</summary>
public sealed record MlsolOptions : NeighbourOptions
{
    /// <summary>The default of <see cref="Rate"/>: that of AEMLO, so that both add as many rows; Mulan's samplers all start from 0.1.</summary>
    public const double DefaultRate = 0.3;

    /// <summary>The default of <see cref="Neighbours"/>.</summary>
    public const int DefaultNeighbours = 5;

    /// <inheritdoc/>
    public override string Method => "mlsol";

    /// <summary>p: ⌊p·n⌋ rows are added.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>The exact number of rows instead; null for <see cref="Rate"/>.</summary>
    public int? Num { get; init; }

    /// <summary>k: how many of a row's nearest rows are its neighbours; all others where there are fewer.</summary>
    public int Neighbours { get; init; } = DefaultNeighbours;
}
