using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Tests.TestSupport;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Compares what went through the wire with what was sent, to the bit.</summary>
internal static class Same
{
    public static void Dataset(MultiLabelDataset expected, MultiLabelDataset actual)
    {
        Assert.Equal(expected.Features.IsSparse, actual.Features.IsSparse);
        Assert.Equal(expected.Weights is null, actual.Weights is null);
        DatasetAssert.EqualSchema(expected.Schema, actual.Schema);
        Rows(expected.Features, actual.Features);
        Labels(expected.Labels, actual.Labels);
        Assert.Equal(expected.Weights, actual.Weights);
    }

    public static void Recipe(ResamplingRecipe expected, ResamplingRecipe actual)
    {
        Assert.Equal(expected.KeptRows, actual.KeptRows);
        Assert.Equal(expected.LabelEdits, actual.LabelEdits);
        Assert.Equal(expected.CloneSources, actual.CloneSources);
        Assert.Equal(expected.NewRows.SeedRows, actual.NewRows.SeedRows);
        Assert.Equal(expected.NewRows.NeighbourRows, actual.NewRows.NeighbourRows);
        Assert.Equal(expected.NewRows.Weights, actual.NewRows.Weights);
        Rows(expected.NewRows.Features, actual.NewRows.Features);
        Labels(expected.NewRows.Labels, actual.NewRows.Labels);
    }

    private static void Rows(FeatureMatrix expected, FeatureMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount, expected.IsSparse), (actual.RowCount, actual.ColumnCount, actual.IsSparse));
        for (int row = 0; row < expected.RowCount; row++)
        {
            if (expected.IsSparse)
                Assert.Equal(expected.RowColumns(row).ToArray(), actual.RowColumns(row).ToArray());
            // Every missing value arrives as the NaN that this program writes.
            Assert.Equal(Bits([.. expected.RowValues(row).ToArray().Select(value => double.IsNaN(value) ? double.NaN : value)]), Bits(actual.RowValues(row)));
        }
    }

    private static void Labels(LabelMatrix expected, LabelMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.LabelCount), (actual.RowCount, actual.LabelCount));
        for (int row = 0; row < expected.RowCount; row++)
            Assert.Equal(expected.RowWords(row).ToArray(), actual.RowWords(row).ToArray());
    }

    private static ulong[] Bits(ReadOnlySpan<double> values) => [.. values.ToArray().Select(BitConverter.DoubleToUInt64Bits)];
}
