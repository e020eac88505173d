using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Rows;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Rows;

public sealed class RowMakerTests
{
    private const int Seeds = 200;

    [Theory, InlineData(false), InlineData(true)]
    public void Append_RandomRows_EqualsTheLiteralCells(bool sparse)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse);
            var maker = new RowMaker(data);
            var made = new FeatureMatrixBuilder(data.Schema.FeatureCount, sparse);
            var literal = new FeatureMatrixBuilder(data.Schema.FeatureCount, sparse);
            var random = new SeededRandom(seed, RandomStream.Resampling);
            var same = new SeededRandom(seed, RandomStream.Resampling);
            for (int row = 0; row < data.RowCount; row++)
            {
                int reference = (row * 7 + 3) % data.RowCount;
                maker.Append(made, row, reference, random.NextDouble);
                literal.AddDenseRow([.. Enumerable.Range(0, data.Schema.FeatureCount).Select(column => data.Schema.Features[column].IsNominal
                    ? LiteralRow.Either(data, column, row, reference, same.NextDouble)
                    : LiteralRow.Number(data, column, row, reference, same.NextDouble))]);
            }

            AssertSame(literal.Build(), made.Build());
            Assert.Equal(same.State, random.State);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void AppendVoted_RandomRows_EqualsTheLiteralCells(bool sparse)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse);
            var maker = new RowMaker(data);
            var made = new FeatureMatrixBuilder(data.Schema.FeatureCount, sparse);
            var literal = new FeatureMatrixBuilder(data.Schema.FeatureCount, sparse);
            var random = new SeededRandom(seed, RandomStream.Resampling);
            var same = new SeededRandom(seed, RandomStream.Resampling);
            for (int row = 0; row < data.RowCount; row++)
            {
                int[] neighbours = [.. Enumerable.Range(1, 1 + row % 6).Select(step => (row + 5 * step) % data.RowCount)];
                maker.AppendVoted(made, row, neighbours[^1], neighbours, random.NextDouble);
                literal.AddDenseRow([.. Enumerable.Range(0, data.Schema.FeatureCount).Select(column => data.Schema.Features[column].IsNominal
                    ? LiteralRow.Mode(data, column, row, neighbours)
                    : LiteralRow.Number(data, column, row, neighbours[^1], same.NextDouble))]);
            }

            AssertSame(literal.Build(), made.Build());
            Assert.Equal(same.State, random.State);
        }
    }

    [Fact]
    public void Append_FarBeyondTheReference_StaysInTheRange()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x"), DataAttribute.Numeric("huge")], 1, [[1.5, -1.7e308, 1], [2, 1.7e308, 0], [4, 0, 0]]);
        var made = new FeatureMatrixBuilder(2, sparse: false);
        var maker = new RowMaker(data);
        maker.Append(made, 0, 1, () => 10);
        maker.Append(made, 0, 1, () => 0.5);
        maker.Append(made, 1, 0, () => 0);
        FeatureMatrix rows = made.Build();
        Assert.Equal([4, 1.7e308], rows.RowValues(0));
        Assert.Equal([1.75, 0], rows.RowValues(1));
        Assert.Equal([2, 1.7e308], rows.RowValues(2));
    }

    [Fact]
    public void Append_SparseRows_HoldNoZeros()
    {
        FeatureMatrix features = FeatureMatrix.Sparse(3, [0, 2, 3], [0, 2, 1], [1, -1, 5]);
        var data = new MultiLabelDataset(TestData.Literal([DataAttribute.Nominal("a", "0", "1"), DataAttribute.Numeric("b"), DataAttribute.Numeric("c")], 1, [[0, 0, 0, 0]]).Schema, features, new LabelMatrix(2, 1));
        var made = new FeatureMatrixBuilder(3, sparse: true);
        new RowMaker(data).Append(made, 0, 1, () => 0.625);
        FeatureMatrix rows = made.Build();
        Assert.Equal([1], rows.RowColumns(0));
        Assert.Equal([3], rows.RowValues(0));
    }

    private static void AssertSame(FeatureMatrix expected, FeatureMatrix actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.RowValues(row), actual.RowValues(row));
            if (expected.IsSparse)
                Assert.Equal(expected.RowColumns(row), actual.RowColumns(row));
        }
    }
}
