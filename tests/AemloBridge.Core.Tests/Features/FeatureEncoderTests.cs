using AemloBridge.Data;
using AemloBridge.Features;
using CsCheck;

namespace AemloBridge.Tests.Features;

public class FeatureEncoderTests
{
    [Fact]
    public void Fit_MixedColumns_ScalesFillsAndCountsAsDefined()
    {
        MultiLabelDataset data = TestData.Literal(
            [DataAttribute.Numeric("n"), DataAttribute.Nominal("two", "a", "b"), DataAttribute.Nominal("three", "a", "b", "c")],
            1,
            [[2, 1, 2, 0], [6, 0, double.NaN, 1], [double.NaN, 1, 2, 0], [3, double.NaN, 0, 0]]);
        FeatureEncoder encoder = FeatureEncoder.Fit(data.Schema, data.Features);

        Assert.Equal(5, encoder.Width);
        Assert.Equal([0f, 1f, 0f, 0f, 1f], Encode(encoder, data.Features, 0));
        Assert.Equal([1f, 0f, 0f, 0f, 1f], Encode(encoder, data.Features, 1));
        // Missing: the mean 11/3 of the number, the mode b of the two-valued one.
        Assert.Equal([(float)((11.0 / 3 - 2) / 4), 1f, 0f, 0f, 1f], Encode(encoder, data.Features, 2));
        Assert.Equal([0.25f, 1f, 1f, 0f, 0f], Encode(encoder, data.Features, 3));
        Assert.Equal(0.75, encoder.Columns[1].ShareOfOnes);
        Assert.Equal([1, 1, 1], encoder.Columns.Select(column => column.MissingCount));
        Assert.True(encoder.Columns[0].IsIntegral);
    }

    [Fact]
    public void Encode_SparseAndDenseFormOfOneDataSet_AreEqual()
    {
        for (long seed = 1; seed <= 5; seed++)
        {
            MultiLabelDataset dense = TestData.Mixed(rows: 40, seed: seed);
            MultiLabelDataset sparse = TestData.Mixed(rows: 40, seed: seed, sparse: true);
            Assert.True(sparse.Features.IsSparse && !dense.Features.IsSparse);
            FeatureEncoder fromDense = FeatureEncoder.Fit(dense.Schema, dense.Features);
            FeatureEncoder fromSparse = FeatureEncoder.Fit(sparse.Schema, sparse.Features);
            Assert.Equal(fromDense.Columns, fromSparse.Columns);
            for (int row = 0; row < 40; row++)
                Assert.Equal(Encode(fromDense, dense.Features, row), Encode(fromSparse, sparse.Features, row));
        }
    }

    [Fact]
    public void Scale_ValuesOfTheColumn_LieInUnitIntervalAndComeBack() =>
        Gen.Double[-1e6, 1e6].Array[2, 20].Sample(values =>
        {
            MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("n")], 1, [.. values.Select(value => new[] { value, 1 })]);
            EncodedColumn column = FeatureEncoder.Fit(data.Schema, data.Features).Columns[0];
            foreach (double value in values)
            {
                Assert.InRange(column.Scale(value), 0f, 1f);
                Assert.Equal(value, column.Unscale(column.Scale(value)), 1e-6 * Math.Max(1, column.Range));
            }
        });

    [Fact]
    public void Fit_OnlyGivenRows_DecideTheScaling()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("n")], 1, [[0, 1], [10, 0], [1000, 1]]);
        FeatureEncoder encoder = FeatureEncoder.Fit(data.Schema, data.SelectRows([0, 1]).Features);
        Assert.Equal(10, encoder.Columns[0].Maximum);
    }

    private static float[] Encode(FeatureEncoder encoder, FeatureMatrix features, int row)
    {
        var cells = new float[encoder.Width];
        Array.Fill(cells, float.NaN);
        encoder.Encode(features, row, cells);
        return cells;
    }
}
