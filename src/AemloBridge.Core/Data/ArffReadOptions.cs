namespace AemloBridge.Data;

/// <summary>What to do where an ARFF file leaves the meaning of its labels open.</summary>
public sealed record ArffReadOptions
{
    /// <summary>
    /// The value that means "has the label" for labels whose values are not 0 and 1; null (the default) takes the second
    /// declared value, with a warning. Labels with the values 0 and 1 keep their meaning, unless this is one of the two.
    /// </summary>
    public string? PositiveValue { get; init; }

    /// <summary>True takes a missing label value as "has not the label", with a warning; false (the default) refuses the file.</summary>
    public bool MissingLabelsAsZero { get; init; }
}
