using AemloBridge.Aemlo.Generation;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Aemlo.Generation;

public class GenerationStatisticsTests
{
    private static readonly LabelMatrix Labels = new(2, 2) { [0, 0] = true, [1, 1] = true };

    private static MultiLabelDataset Data => new(
        new DatasetSchema("r", [DataAttribute.Numeric("x"), DataAttribute.Nominal("a", "0", "1"), DataAttribute.Nominal("b", "0", "1")], [new LabelDefinition("a", 1, 1), new LabelDefinition("b", 2, 1)]),
        FeatureMatrix.Dense(2, 1, [1, 0]),
        Labels);

    [Fact]
    public void Of_RowsCountedByHand_GivesTheFigures()
    {
        // Three rows of the first seed: its labels, those of the other, and its labels with the same value once more.
        var labels = new LabelMatrix(3, 2) { [0, 0] = true, [1, 1] = true, [2, 0] = true };
        var rows = new SyntheticRows(FeatureMatrix.Dense(3, 1, [1, 0, 1]), labels, null, [0, 0, 0], null);

        GenerationStatistics found = GenerationStatistics.Of(rows, Data, rows.SeedRows, TestContext.Current.CancellationToken);

        Assert.Equal(new GenerationStatistics(1, 1, 1.0 / 3, 1, 1, 1, 2.0 / 3), found);
    }

    [Fact]
    public void Of_Cancelled_Stops()
    {
        var rows = new SyntheticRows(FeatureMatrix.Dense(1, 1, [1]), new LabelMatrix(1, 2), null, [0], null);

        Assert.Throws<OperationCanceledException>(() => GenerationStatistics.Of(rows, Data, rows.SeedRows, new CancellationToken(canceled: true)));
    }
}
