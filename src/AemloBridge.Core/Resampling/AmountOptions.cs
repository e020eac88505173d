namespace AemloBridge.Resampling;

/// <summary>The options of a method of which nothing is asked but how many rows to add or take away.</summary>
public abstract record AmountOptions : ResamplingOptions
{
    /// <summary>The default of <see cref="Rate"/>: Mulan's, and the smallest share tried by Charte et al. 2015.</summary>
    public const double DefaultRate = 0.1;

    /// <summary>p: ⌊p·n⌋ rows are added or taken away.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>The exact number of rows instead; null for <see cref="Rate"/>.</summary>
    public int? Num { get; init; }
}
