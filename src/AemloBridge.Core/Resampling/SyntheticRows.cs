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
}
