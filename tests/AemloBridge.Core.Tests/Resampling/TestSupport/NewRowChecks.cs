using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Resampling.TestSupport;

/// <summary>What must hold for every new row, whatever made it.</summary>
internal static class NewRowChecks
{
    /// <summary>Parents exist and differ, values are in the column's range or missing where the seed's is, hierarchies hold.</summary>
    public static void AssertUsable(MultiLabelDataset data, SyntheticRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            int seed = rows.SeedRows[row];
            int reference = rows.NeighbourRows![row];
            Assert.InRange(seed, 0, data.RowCount - 1);
            Assert.InRange(reference, 0, data.RowCount - 1);
            Assert.NotEqual(seed, reference);
            for (int column = 0; column < data.Schema.FeatureCount; column++)
                AssertValue(data, column, data.Features[seed, column], rows.Features[row, column]);
            for (int label = 0; label < data.Schema.LabelCount; label++)
                Assert.False(rows.Labels[row, label] && data.Schema.Labels[label].Parent is >= 0 and int parent && !rows.Labels[row, parent]);
        }
    }

    private static void AssertValue(MultiLabelDataset data, int column, double seed, double value)
    {
        if (double.IsNaN(value))
        {
            Assert.True(double.IsNaN(seed));
            return;
        }

        double[] given = [.. Literal.AllRows(data).Select(row => data.Features[row, column]).Where(other => !double.IsNaN(other))];
        Assert.InRange(value, given.Min(), given.Max());
        if (data.Schema.Features[column].IsNominal)
            Assert.Contains(value, given);
    }
}
