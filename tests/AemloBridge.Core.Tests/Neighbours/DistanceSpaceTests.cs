using AemloBridge.Data;
using AemloBridge.Neighbours;

namespace AemloBridge.Tests.Neighbours;

public class DistanceSpaceTests
{
    private const int Seeds = 200;

    [Fact]
    public void SquaredDistance_HandMadeRows_FollowsTheDefinition()
    {
        MultiLabelDataset data = TestData.Literal(
            [DataAttribute.Numeric("range"), DataAttribute.Numeric("constant"), DataAttribute.Nominal("colour", "r", "g", "b")],
            1,
            [[2, 7, 0, 1], [6, 7, 0, 0], [10, 7, 1, 1], [double.NaN, 7, double.NaN, 0]]);
        DistanceSpace overlap = DistanceSpace.Overlap(data.Schema, data.Features);
        DistanceSpace vdm = DistanceSpace.Vdm(data.Schema, data.Features, data.Labels, 0);

        Assert.Equal(0.25, overlap.SquaredDistance(data.Features, 0, data.Features, 1));
        Assert.Equal(2, overlap.SquaredDistance(data.Features, 0, data.Features, 2));
        Assert.Equal(2, overlap.SquaredDistance(data.Features, 3, data.Features, 3));
        Assert.Equal(Math.Sqrt(2), overlap.Distance(data.Features, 3, data.Features, 0));
        // P(r) = 1/2 and P(g) = 1.
        Assert.Equal(1.25, vdm.SquaredDistance(data.Features, 0, data.Features, 2));
        Assert.Equal(0.25, vdm.SquaredDistance(data.Features, 0, data.Features, 1));
    }

    [Fact]
    public void SquaredDistance_AnyStorage_EqualsTheLiteralOneBitByBit()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset dense = RandomRows.Make(seed, sparse: false);
            MultiLabelDataset sparse = RandomRows.Make(seed, sparse: true);
            bool scaled = seed % 3 != 0;
            int? label = seed % 2 == 0 ? seed / 2 % 2 : null;
            DistanceSpace fromDense = Space(dense, scaled, label);
            DistanceSpace fromSparse = Space(sparse, scaled, label);
            var literal = new LiteralNeighbours(dense, scaled, label);
            for (int other = 0; other < dense.RowCount; other++)
            {
                double expected = literal.SquaredDistance(dense.Features, 0, dense.Features, other);
                Assert.Equal(expected, fromDense.SquaredDistance(dense.Features, 0, dense.Features, other));
                Assert.Equal(expected, fromSparse.SquaredDistance(sparse.Features, 0, sparse.Features, other));
                Assert.Equal(expected, fromSparse.SquaredDistance(dense.Features, 0, sparse.Features, other));
                Assert.Equal(expected, fromDense.SquaredDistance(sparse.Features, 0, dense.Features, other));
            }
        }
    }

    [Fact]
    public void SquaredDistance_RangeBeyondFloat64_StaysWithinOne()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x")], 1, [[-1.5e308, 0], [1.5e308, 1], [0, 0]]);
        DistanceSpace space = DistanceSpace.Overlap(data.Schema, data.Features);
        Assert.Equal(1, space.SquaredDistance(data.Features, 0, data.Features, 1));
        Assert.Equal(0.25, space.SquaredDistance(data.Features, 0, data.Features, 2));
        Assert.Equal(double.PositiveInfinity, DistanceSpace.Overlap(data.Schema, data.Features, scaleNumeric: false).SquaredDistance(data.Features, 0, data.Features, 1));
    }

    [Fact]
    public void ForLabel_NoNominalFeature_IsTheSameSpace()
    {
        MultiLabelDataset data = TestData.Numeric();
        DistanceSpace space = DistanceSpace.Overlap(data.Schema, data.Features);
        Assert.False(space.HasNominal);
        Assert.Same(space, space.ForLabel(data.Labels, 1));
    }

    [Fact]
    public void ForLabel_LabelsOfOtherRows_SaysWhatDoesNotFit()
    {
        MultiLabelDataset data = TestData.Mixed();
        DistanceSpace space = DistanceSpace.Overlap(data.Schema, data.Features);
        ArgumentException failure = Assert.Throws<ArgumentException>(() => space.ForLabel(new LabelMatrix(3, 2), 0));
        Assert.Contains("labels of 3 rows given for 120 original rows", failure.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => space.ForLabel(data.Labels, 3));
    }

    internal static DistanceSpace Space(MultiLabelDataset data, bool scaled, int? label) => label is int number
        ? DistanceSpace.Vdm(data.Schema, data.Features, data.Labels, number, scaled)
        : DistanceSpace.Overlap(data.Schema, data.Features, scaled);
}
