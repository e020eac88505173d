using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Resampling.TestSupport;

/// <summary>New rows as a literal reference lists them.</summary>
internal sealed record LiteralRows(List<double[]> Features, List<bool[]> Labels, List<int> Seeds, List<int> References)
{
    public LiteralRows()
        : this([], [], [], [])
    {
    }

    public int Count => Seeds.Count;

    /// <summary>Bit for bit; weights are the seeds'.</summary>
    public void AssertEqual(MultiLabelDataset data, SyntheticRows actual)
    {
        Assert.Equal(Seeds, actual.SeedRows);
        Assert.Equal(References, actual.NeighbourRows!);
        Assert.Equal(data.Features.IsSparse, actual.Features.IsSparse);
        Assert.Equal(data.Weights is { } weights ? [.. Seeds.Select(seed => weights[seed])] : null, actual.Weights);
        Assert.Equal(Count, actual.Features.RowCount);
        Assert.Equal(Count, actual.Labels.RowCount);
        var cells = new double[data.Schema.FeatureCount];
        for (int row = 0; row < Count; row++)
        {
            actual.Features.CopyRow(row, cells);
            Assert.Equal(Features[row].Select(BitConverter.DoubleToInt64Bits), cells.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(string.Concat(Labels[row].Select(bit => bit ? '1' : '0')), Literal.LabelSet(actual.Labels, row));
            if (data.Features.IsSparse)
                Assert.DoesNotContain(0.0, actual.Features.RowValues(row).ToArray());
        }
    }
}
