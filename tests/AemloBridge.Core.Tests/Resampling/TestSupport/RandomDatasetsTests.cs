using AemloBridge.Data;

namespace AemloBridge.Tests.Resampling.TestSupport;

/// <summary>Hundreds of random data sets are worth something only if the cases that matter are among them.</summary>
public sealed class RandomDatasetsTests
{
    private static readonly MultiLabelDataset[] Many = [.. Enumerable.Range(0, 300).Select(seed => RandomDatasets.Make(seed))];

    [Fact]
    public void Make_ManySeeds_HasEveryCase()
    {
        Assert.Contains(Many, data => data.RowCount == 1);
        Assert.Contains(Many, data => data.Weights is not null);
        Assert.Contains(Many, data => data.Schema.LabelCount > 64);
        Assert.Contains(Many, data => data.Schema.Features.Any(feature => feature.IsNominal) && data.Schema.Features.Any(feature => !feature.IsNominal));
        Assert.Contains(Many, data => Enumerable.Range(0, data.RowCount).Any(row => data.Features.RowValues(row).ToArray().Any(double.IsNaN)));
        Assert.Contains(Many, data => data.Labels.PositiveCounts().Contains(0));
        Assert.Contains(Many, data => data.Labels.PositiveCounts().Contains(1));
        Assert.Contains(Many, data => data.RowCount > 5 && data.Labels.PositiveCounts().Contains(data.RowCount));
        Assert.Contains(Many, data => data.RowCount > 5 && Enumerable.Range(0, data.RowCount).Any(row => data.Labels.RowCardinality(row) == 0));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Make_DenseAndSparse_SameValues(bool hierarchy)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            MultiLabelDataset sparse = RandomDatasets.Make(seed, sparse: true, hierarchy);
            Assert.True(sparse.Features.IsSparse);
            DatasetAssert.Equal(RandomDatasets.Make(seed, sparse: false, hierarchy), sparse);
        }
    }

    [Fact]
    public void Make_Hierarchy_EveryLabelComesWithItsParent()
    {
        MultiLabelDataset[] hierarchical = [.. Enumerable.Range(0, 50).Select(seed => RandomDatasets.Make(seed, hierarchy: true))];
        Assert.Contains(hierarchical, data => data.Schema.HasHierarchy);
        foreach (MultiLabelDataset data in hierarchical)
        {
            for (int row = 0; row < data.RowCount; row++)
            {
                for (int label = 0; label < data.Schema.LabelCount; label++)
                    Assert.False(data.Labels[row, label] && data.Schema.Labels[label].Parent is >= 0 and int parent && !data.Labels[row, parent], $"row {row}, label {label}");
            }
        }
    }
}
