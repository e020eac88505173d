namespace AemloBridge.Data.Arff;

/// <summary>What stands before <c>@data</c>.</summary>
/// <param name="RelationName">The relation's name, unquoted.</param>
/// <param name="Attributes">The attributes in the file's order.</param>
/// <param name="Lines">The 1-based line that declares each attribute.</param>
/// <param name="Columns">The 1-based column, in characters, where each attribute's name begins.</param>
/// <param name="WeightedAttributes">How many attributes carry a weight, which this program does not use.</param>
internal sealed record ArffHeader(
    string RelationName,
    IReadOnlyList<DataAttribute> Attributes,
    IReadOnlyList<long> Lines,
    IReadOnlyList<int> Columns,
    int WeightedAttributes);
