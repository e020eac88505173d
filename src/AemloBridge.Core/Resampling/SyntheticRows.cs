using AemloBridge.Data;

namespace AemloBridge.Resampling;

/// <summary>New rows made by a resampling method, each with the original rows it came from.</summary>
/// <param name="Features">m × d values, in the units of the data set (see <see cref="FeatureMatrix"/>).</param>
/// <param name="Labels">m × q bits.</param>
/// <param name="Weights">m weights, each its seed's; null when every row weighs 1.</param>
/// <param name="SeedRows">m positions in the original data set: the row each new one was made from.</param>
/// <param name="NeighbourRows">m positions of the second parent, -1 where there is none; null when the method uses no second parent.</param>
public sealed record SyntheticRows(
    FeatureMatrix Features,
    LabelMatrix Labels,
    double[]? Weights,
    int[] SeedRows,
    int[]? NeighbourRows)
{
    /// <summary>m, the number of new rows.</summary>
    public int Count => SeedRows.Length;

    /// <summary>No rows, in the form (dense or sparse) of a data set.</summary>
    public static SyntheticRows None(MultiLabelDataset like)
    {
        MultiLabelDataset empty = like.SelectRows([]);
        return new SyntheticRows(empty.Features, empty.Labels, null, [], null);
    }

    /// <summary>The rows of one list, then those of another over the same columns.</summary>
    public static SyntheticRows Concatenate(SyntheticRows first, SyntheticRows second)
    {
        var features = new FeatureMatrixBuilder(first.Features.ColumnCount, first.Features.IsSparse);
        foreach (SyntheticRows part in new[] { first, second })
        {
            for (int row = 0; row < part.Count; row++)
                features.AddRowOf(part.Features, row);
        }

        bool noWeights = first.Weights is null && second.Weights is null;
        bool noNeighbours = first.NeighbourRows is null && second.NeighbourRows is null;
        return new SyntheticRows(
            features.Build(),
            LabelMatrix.Concatenate(first.Labels, second.Labels),
            noWeights ? null : [.. Or(first, first.Weights, 1.0), .. Or(second, second.Weights, 1.0)],
            [.. first.SeedRows, .. second.SeedRows],
            noNeighbours ? null : [.. Or(first, first.NeighbourRows, -1), .. Or(second, second.NeighbourRows, -1)]);

        static IEnumerable<T> Or<T>(SyntheticRows part, T[]? given, T otherwise) => given ?? Enumerable.Repeat(otherwise, part.Count);
    }
}
