namespace AemloBridge.Data.Sample;

/// <summary>One feature of the sample: a weighted sum of a row's hidden factors plus noise, brought into the column's own form.</summary>
internal sealed class SampleColumn
{
    private const double Noise = 0.5;
    private const int Decimals = 4;

    // The score has a variance near 1.25; these cuts give values of unequal, but not tiny, shares.
    private static readonly double[] Cuts = [-0.6, 0.5, 1.2, 1.9];

    private readonly SampleColumnKind _kind;
    private readonly double[] _loadings;
    private readonly double _offset;
    private readonly double _scale;
    private readonly double _missingShare;

    /// <summary>Draws a column's loadings, offset and scale.</summary>
    /// <param name="kind">What its values look like.</param>
    /// <param name="number">Its number among the columns of its kind, from 1.</param>
    /// <param name="missingShare">The share of values that are missing.</param>
    /// <param name="random">The stream.</param>
    public SampleColumn(SampleColumnKind kind, int number, double missingShare, SampleRandom random)
    {
        _kind = kind;
        _missingShare = missingShare;
        _loadings = SampleFactors.Loadings(random);
        _offset = kind == SampleColumnKind.Real ? random.Uniform() * 20 : 2 + random.Uniform() * 3;
        _scale = kind == SampleColumnKind.Real ? 0.1 + (random.Uniform() * 10) : 1 + random.Uniform();
        Attribute = kind switch
        {
            SampleColumnKind.Real => DataAttribute.Numeric($"real_{number:00}", "real"),
            SampleColumnKind.Count => DataAttribute.Numeric($"count_{number:00}", "integer"),
            SampleColumnKind.Flag => DataAttribute.Nominal($"flag_{number:00}", "no", "yes"),
            _ => DataAttribute.Nominal($"kind_{number:00}", [.. "abcde".Take(3 + (number % 3)).Select(letter => letter.ToString())]),
        };
    }

    /// <summary>The column's declaration.</summary>
    public DataAttribute Attribute { get; }

    /// <summary>Draws the value of a row with the given hidden factors.</summary>
    public double Draw(ReadOnlySpan<double> factors, SampleRandom random)
    {
        double score = SampleFactors.Score(factors, _loadings) + (Noise * random.Normal());
        bool missing = _missingShare > 0 && random.Uniform() < _missingShare;
        return missing ? double.NaN : _kind switch
        {
            SampleColumnKind.Real => Math.Round(_offset + (_scale * score), Decimals),
            SampleColumnKind.Count => Math.Floor(Math.Max(0, _offset + (_scale * score))),
            SampleColumnKind.Flag => score > Cuts[1] ? 1 : 0,
            _ => Cuts.Take(Attribute.Values.Count - 1).Count(cut => score > cut),
        };
    }
}
