using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

public sealed class StageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void LabelRoles_CountsOfFourLabels_OneSidedImbalance()
    {
        // a: 4 of 6 rows, b: 2, c: 1, d: none.
        LabelRoles roles = LabelRoles.Of(Line.Of((0, "a"), (1, "a"), (2, "a"), (3, "ab"), (4, "bc"), (5, "")).Labels, 1.5);
        Assert.Equal([4, 2, 1], roles.Positives);
        // (6-4)/4 = 0.5, (6-2)/2 = 2, (6-1)/1 = 5.
        Assert.Equal(2.5, roles.MeanImbalance);
        Assert.Equal([0, 1], roles.Active);
        Assert.Equal([false, true, false], roles.IsTarget);
        Assert.Equal((2, 2), (roles.FewestOfTargets, roles.MostOfTargets));
    }

    [Fact]
    public void Draw_SeedWithoutReferences_IsDroppedAfterOneNumber()
    {
        var random = new SeededRandom(1, RandomStream.Resampling);
        var same = new SeededRandom(1, RandomStream.Resampling);
        Assert.Empty(new SeedDraw([[], [0]], 1, random).Draw([1, 0], 5));
        for (int draw = 0; draw < 5; draw++)
            same.NextDouble();
        Assert.Equal(same.State, random.State);
    }

    [Fact]
    public void Draw_WeightedSeeds_ThreeNumbersEach()
    {
        var same = new SeededRandom(2, RandomStream.Resampling);
        List<DrawnRow> drawn = new SeedDraw([[1, 2], [2], [0, 1]], 0.5, new SeededRandom(2, RandomStream.Resampling)).Draw([1, 0, 3], 50);
        Assert.Equal(50, drawn.Count);
        foreach (DrawnRow row in drawn)
        {
            int seed = same.NextDouble() < 0.25 ? 0 : 2;
            int reference = same.NextDouble() < 0.5 ? (seed == 0 ? 1 : 0) : (seed == 0 ? 2 : 1);
            Assert.Equal(new DrawnRow(seed, reference, 0.5 * same.NextDouble()), row);
        }
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-3, 10)]
    [InlineData(10, 0)]
    public void Draw_NothingToDraw_TakesNoNumbers(int count, double weight)
    {
        var random = new SeededRandom(1, RandomStream.Resampling);
        ulong[] before = random.State;
        Assert.Empty(new SeedDraw([[1], [0]], 1, random).Draw([0, weight], count));
        Assert.Equal(before, random.State);
    }

    [Fact]
    public void CrossThreshold_RatiosAroundIt_StrictlyAboveAndCappedInTheCount()
    {
        double[] weights = CrossThreshold.Weights([0, 2, 2.5, 4, 50], 2);
        Assert.Equal([0, 0, 1.5, 3, 49], weights);
        // floor(1.5 + 3 + 5)
        Assert.Equal(9, CrossThreshold.Count(weights));
    }

    [Theory]
    [InlineData(2, 10, new[] { 6.0 }, 0.1, 2.1)] // rest = floor(6/2 - 1) = 2 of 10 made: above 0.1
    [InlineData(2, 10, new[] { 6.0 }, 0.2, 2)] // not above 0.2, but something is left
    [InlineData(2, 1, new[] { 90.0 }, 4.9, 2.1)] // rest is capped at 5
    [InlineData(2, 1, new[] { 90.0 }, 5, 2)]
    [InlineData(2, 10, new[] { 3.9 }, 0.2, 1.9)] // floor(0.95) = 0: nothing is left
    [InlineData(2, 0, new[] { 90.0 }, 0.2, 1.9)] // nothing could be made
    [InlineData(1.1, 0, new[] { 0.5 }, 0.2, 1.1)] // not below 1.1
    [InlineData(1.1, 10, new[] { 0.5 }, 0.2, 1.1)]
    public void Adapt_WhatIsLeft_MovesTheThresholdByATenth(double threshold, int made, double[] ratios, double adaptRatio, double expected) =>
        Assert.Equal(expected, CrossThreshold.Adapt(threshold, made, ratios, adaptRatio));

    [Fact]
    public void Interior_RareLabels_EachServedOnceSmallestNeedFirst()
    {
        // a on 6 of 10 rows, b on 3 (one with c), c on 2: n/C = 1.67, 3.33, 5; the mean is 3.33, so c alone is above it.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (3, "a"), (4, "a"), (5, "a"), (6, "b"), (7, "bc"), (8, "bc"), (9, ""));
        (StageCount count, CurrentRows rows) = Make(data, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // c needs 3 - 2 = 1 row; row 7 is a border row, so row 8 is the only inner seed.
        Assert.Equal((1, 1), (count.Asked, count.Made));
        Assert.Equal([8], rows.NewRows().SeedRows);
        Assert.Equal([6, 4, 3], rows.Positives);
    }

    [Fact]
    public void Interior_NoInnerRow_TakesAnyRowWithTheLabel()
    {
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b"));
        (StageCount count, CurrentRows rows) = Make(data, new double[6], [0, 0, 0, 0, 1, 1]);
        Assert.Equal((2, 2), (count.Asked, count.Made));
        Assert.All(rows.NewRows().SeedRows, seed => Assert.InRange(seed, 4, 5));
        Assert.Equal([4, 4], rows.Positives);
    }

    [Fact]
    public void Interior_RowsThatServeTwoLabels_CountForBoth()
    {
        // Each row with c has b. n/C is 1.25 for the four frequent labels, 5 for b and 12.5 for c: both are above the mean of 3.75.
        MultiLabelDataset data = Line.Of([.. Enumerable.Range(0, 20).Select(place => ((double)place, "adef")), (30, "bc"), (31, "bc"), (32, "b"), (33, "b"), (34, "b")]);
        (StageCount count, CurrentRows rows) = Make(data, new double[25], new double[25]);
        // b needs 15 and goes first; rows of it that have c leave c the rest of its 18.
        int both = rows.NewRows().SeedRows.Take(15).Count(seed => data.Labels[seed, 2]);
        Assert.Equal(15 + 18 - both, count.Asked);
        Assert.Equal(20, rows.Positives[2]);
    }

    [Fact]
    public void Interior_LabelOfOneRow_IsNotRaised()
    {
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (3, "a"), (4, "b"));
        Assert.Equal(0, Make(data, new double[5], new double[5]).Count.Asked);
    }

    private static (StageCount Count, CurrentRows Rows) Make(MultiLabelDataset data, double[] self, double[] negative)
    {
        var rows = new CurrentRows(data, data.Labels);
        int[][] references = [.. Enumerable.Range(0, data.RowCount).Select(row => Enumerable.Range(0, data.RowCount)
            .Where(other => other != row && data.Labels.RowWords(row).SequenceEqual(data.Labels.RowWords(other))).ToArray())];
        var draw = new SeedDraw(references, 1, new SeededRandom(1, RandomStream.Resampling));
        var densities = new Densities(self, negative, new double[data.RowCount]);
        return (Interior.Append(rows, LabelRoles.Of(data.Labels, 10), densities, draw, 1, Token), rows);
    }
}
