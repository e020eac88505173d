namespace AemloBridge.Resampling.Mlbote;

/// <summary>The options of MLBOTE; the defaults are those of the authors' command-line driver. See <see cref="MlboteCatalogue"/>.</summary>
public sealed record MlboteOptions : NeighbourOptions
{
    /// <inheritdoc/>
    public override string Method => "mlbote";

    /// <summary>αS: self-borderline rows per seed and unit of mean imbalance.</summary>
    public double SelfRatio { get; init; } = 0.01;

    /// <summary>How many times the two borderline stages take turns.</summary>
    public int Loops { get; init; } = 10;

    /// <summary>Whether self-borderline rows that a division by <see cref="Loops"/> would round away are spread over the loops.</summary>
    public bool SpreadRemainder { get; init; }

    /// <summary>Whether rows are made at negative border rows that lie sparse.</summary>
    public bool Cross { get; init; } = true;

    /// <summary>thC: the density ratio above which a negative border row is a seed.</summary>
    public double CrossThreshold { get; init; } = 5;

    /// <summary>Whether <see cref="CrossThreshold"/> is adapted after every loop.</summary>
    public bool AdaptThreshold { get; init; }

    /// <summary>The share of rows still missing after a loop above which the threshold rises.</summary>
    public double AdaptRatio { get; init; } = 0.2;

    /// <summary>Whether rows are made inside small disjuncts.</summary>
    public bool Interior { get; init; } = true;

    /// <summary>How far above the mean a label's n/C_j must be for the interior stage to raise it.</summary>
    public double DisjunctRatio { get; init; } = 1;

    /// <summary>kw: neighbours that densities are measured with, and reference rows of a seed.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>kb: neighbours that define the borders.</summary>
    public int BorderNeighbours { get; init; } = 3;

    /// <summary>kn: neighbours, none of which has a label that is noise.</summary>
    public int NoiseNeighbours { get; init; } = 5;

    /// <summary>knd: neighbours among a label's own rows that noise is far from.</summary>
    public int NoiseLabelNeighbours { get; init; } = 5;

    /// <summary>thImR: the imbalance above which a label is a target whatever its frequency among the labels.</summary>
    public double ImbalanceThreshold { get; init; } = 10;

    /// <summary>Cn: how much less frequent target labels weigh.</summary>
    public double FrequencyDamping { get; init; } = 1;

    /// <summary>How far towards its reference row a new row may lie, and beyond it above 1.</summary>
    public double StepSize { get; init; } = 1;

    /// <summary>Whether numeric differences are divided by the range of their column.</summary>
    public bool ScaleNumeric { get; init; } = true;
}
