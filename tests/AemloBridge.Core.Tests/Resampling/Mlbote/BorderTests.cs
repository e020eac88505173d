using AemloBridge.Data;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

public sealed class BorderTests
{
    // The border between 1 and 2: 0 a, 1 a | 2, 3, 10.
    private static readonly MultiLabelDataset Plain = Line.Of((0, "a"), (1, "a"), (2, ""), (3, ""), (10, ""));

    private static readonly MlboteOptions Options = new() { BorderNeighbours = 1, ImbalanceThreshold = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_RowsOnALine_TheNearestOfTheOtherClass()
    {
        Border border = Assert.Single(Border.Find([0], Line.Neighbours(Plain, Token), 1, Token));
        Assert.Equal([2], border.Negatives);
        Assert.Equal([1], border.Positives);
    }

    [Fact]
    public void Find_MoreNeighboursThanPositives_TakesOnePositiveFewer()
    {
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (5, ""), (6, ""));
        Border border = Assert.Single(Border.Find([0], Line.Neighbours(data, Token), 3, Token));
        Assert.Equal([3, 4], border.Negatives);
        Assert.Equal([1, 2], border.Positives);
    }

    [Fact]
    public void Measure_RowsOnALine_AsComputedByHand()
    {
        Densities densities = Line.Measure(Plain, Options, Token);
        // Row 1: TT = |1 - 0|, TR = |1 - 2|; the only seed.
        Assert.Equal([0, 1, 0, 0, 0], densities.Self);
        // Row 2: RR = (1 + 8)/2 = 4.5, RT = 1, and the nearest positive row, 1, has TT = 1.
        Assert.Equal([0, 0, 4.5, 0, 0], densities.Negative);
        Assert.Equal([0, 0, 4.5 * 4.5, 0, 0], densities.Ratio);
    }

    [Fact]
    public void Measure_AfterANewPositiveRow_TheNewRowIsTheNearest()
    {
        // 1.5, half of the way from 1 to 2, with the labels of row 1. Whole numbers would be rounded, so places are doubled.
        MultiLabelDataset data = Line.Of((0, "a"), (2, "a"), (4, ""), (6, ""), (20, ""));
        Densities densities = Line.Measure(data, Options, Token, new DrawnRow(1, 2, 0.5));
        // Row 2: RR = (2 + 16)/2 = 9, RT = 1 to the row at 3, whose TT = (1 + 3)/2.
        Assert.Equal(9, densities.Negative[2]);
        Assert.Equal(4.5 * 4.5, densities.Ratio[2]);
    }

    [Fact]
    public void Measure_NegativeRowWithATwin_HasNoRoom()
    {
        Densities densities = Line.Measure(Line.Of((0, "a"), (1, "a"), (2, ""), (2, ""), (10, "")), Options, Token);
        Assert.All(densities.Negative.Concat(densities.Ratio), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Measure_PositiveRowWithATwin_IsNoSeed()
    {
        Densities densities = Line.Measure(Line.Of((1, "a"), (1, "a"), (2, ""), (3, ""), (10, "")), Options, Token);
        Assert.All(densities.Self, value => Assert.Equal(0, value));
        // The nearest positive row's own twin makes its mean distance 0, and the ratio that of an infinitely far one.
        Assert.Equal(0, densities.Ratio[2]);
        Assert.Equal(4.5, densities.Negative[2]);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public void Measure_FrequentTargetLabel_WeighsLess(double damping)
    {
        // Two labels with the same distances at their borders; a on 2 rows, b on 3, of which one is far away.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, ""), (3, ""), (100, "b"), (101, "b"), (102, ""), (103, ""), (-900, "b"), (-899, ""), (-897, ""));
        MlboteOptions options = Options with { FrequencyDamping = damping, Neighbours = 1 };
        double[] self = Line.Measure(data, options, Token).Self;
        // a: row 1 alone, its part 1. b: row 5 and row 8, whose weights are 1 and 1000.
        double partOfB = 1 / (1 + damping * 1 / 1.1);
        double[] parts = [1, partOfB / 1001, partOfB * 1000 / 1001];
        Assert.Equal(parts.Select(part => Math.Round(part / parts.Sum(), 12)), new[] { self[1], self[5], self[8] }.Select(weight => Math.Round(weight, 12)));
        Assert.Equal(3, self.Count(weight => weight > 0));
    }
}
