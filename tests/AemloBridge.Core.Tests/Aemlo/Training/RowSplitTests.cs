using AemloBridge.Aemlo.Training;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Aemlo.Training;

public class RowSplitTests
{
    [Theory]
    [InlineData(100, 0.2, 20)]
    [InlineData(10, 0.25, 3)]
    [InlineData(5, 0.5, 3)]
    [InlineData(12, 0.2, 2)]
    [InlineData(13, 0.2, 3)]
    [InlineData(3, 0.2, 1)]
    [InlineData(2, 0.99, 1)]
    [InlineData(40, 0.999, 39)]
    public void Draw_Share_HoldsOutTheRoundedNumberAndSplitsAllRows(int rows, double share, int heldOut)
    {
        RowSplit split = Draw(rows, share);
        Assert.True(split.IsHeldOut);
        Assert.Equal(heldOut, split.Evaluation.Length);
        Assert.Equal(rows - heldOut, split.Training.Length);
        Assert.Empty(split.Training.Intersect(split.Evaluation));
        Assert.Equal(Enumerable.Range(0, rows), split.Training.Concat(split.Evaluation).Order());
        Assert.Equal(split.Training.Order(), split.Training);
        Assert.Equal(split.Evaluation.Order(), split.Evaluation);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(1, 0.2)]
    [InlineData(1, 0.99)]
    [InlineData(2, 0.2)]
    public void Draw_NothingToHoldOut_TrainsAndTunesOnAllRows(int rows, double share)
    {
        RowSplit split = Draw(rows, share);
        Assert.False(split.IsHeldOut);
        Assert.Equal(Enumerable.Range(0, rows), split.Training);
        Assert.Equal(Enumerable.Range(0, rows), split.Evaluation);
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameSplitAndOtherSeedsGiveOthers()
    {
        Assert.Equal(Draw(200, 0.2, seed: 7).Evaluation, Draw(200, 0.2, seed: 7).Evaluation);
        Assert.NotEqual(Draw(200, 0.2, seed: 7).Evaluation, Draw(200, 0.2, seed: 8).Evaluation);
    }

    [Fact]
    public void Draw_ManySeeds_HoldsEachRowOutAboutEquallyOften()
    {
        const int Seeds = 1000;
        int[] times = new int[10];
        for (int seed = 0; seed < Seeds; seed++)
        {
            foreach (int row in Draw(10, 0.2, seed).Evaluation)
                times[row]++;
        }

        // Binomial(1000, 0.2): mean 200, standard deviation 12.6; the seeds are fixed.
        Assert.All(times, count => Assert.InRange(count, 150, 250));
    }

    private static RowSplit Draw(int rows, double share, long seed = 3) =>
        RowSplit.Draw(rows, share, new SeededRandom(seed, RandomStream.Split));
}
