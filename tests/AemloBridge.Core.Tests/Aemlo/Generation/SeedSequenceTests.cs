using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Options;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Aemlo.Generation;

public class SeedSequenceTests
{
    [Fact]
    public void TryNext_Rounds_UsesEachRowOnceBeforeAnyTwiceInNewOrders()
    {
        int[] drawn = Take(new SeedSequence(10, SeedOrder.Rounds, 0, Random()), 30);
        int[][] rounds = [.. drawn.Chunk(10)];
        Assert.All(rounds, round => Assert.Equal(Enumerable.Range(0, 10), round.Order()));
        Assert.NotEqual(rounds[0], rounds[1]);
    }

    [Fact]
    public void TryNext_RoundRobin_RepeatsOneOrder()
    {
        int[][] rounds = [.. Take(new SeedSequence(10, SeedOrder.RoundRobin, 0, Random()), 30).Chunk(10)];
        Assert.Equal(rounds[0], rounds[1]);
        Assert.Equal(rounds[0], rounds[2]);
        Assert.NotEqual(Enumerable.Range(0, 10), rounds[0]);
    }

    [Fact]
    public void TryNext_Random_DrawsWithReplacement()
    {
        int[] drawn = Take(new SeedSequence(10, SeedOrder.Random, 0, Random()), 10_000);
        Assert.NotEqual(10, drawn.Take(10).Distinct().Count());
        Assert.All(drawn.GroupBy(seed => seed), group => Assert.InRange(group.Count(), 850, 1150));
    }

    [Theory]
    [InlineData(SeedOrder.Random)]
    [InlineData(SeedOrder.Rounds)]
    [InlineData(SeedOrder.RoundRobin)]
    public void TryNext_WithLimit_EndsWhenEveryRowReachedIt(SeedOrder order)
    {
        var sequence = new SeedSequence(4, order, 2, Random());
        int[] drawn = Take(sequence, 100);
        Assert.Equal(8, drawn.Length);
        Assert.All(drawn.GroupBy(seed => seed), group => Assert.Equal(2, group.Count()));
        sequence.Return(3);
        Assert.Equal([3], Take(sequence, 100));
    }

    private static int[] Take(SeedSequence sequence, int count)
    {
        var drawn = new List<int>();
        while (drawn.Count < count && sequence.TryNext(out int seed))
            drawn.Add(seed);
        return [.. drawn];
    }

    private static SeededRandom Random() => new(12, RandomStream.Generation);
}
