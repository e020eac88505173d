namespace AemloBridge.Features;

/// <summary>How decoded numbers become values a data set may hold.</summary>
/// <param name="SampleBinary">True draws 0/1 columns with the decoded value as probability; false cuts them.</param>
/// <param name="BinaryCuts">One cut for each encoded column; read for binary columns that are cut.</param>
/// <param name="Round">True rounds columns whose given values are all whole numbers.</param>
/// <param name="RawValues">True leaves numeric cells as decoded.</param>
/// <param name="DropSmall">True writes a numeric value below half of the column's smallest non-zero magnitude as 0, which a sparse file leaves out.</param>
/// <param name="KeepMissing">True writes a missing value where the seed has one.</param>
public sealed record DecodingRules(
    bool SampleBinary,
    double[] BinaryCuts,
    bool Round,
    bool RawValues,
    bool DropSmall,
    bool KeepMissing);
