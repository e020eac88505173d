using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Lpros;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Lpros;

public sealed class LprosTests
{
    [Fact]
    public void Run_RandomDatasets_AgreesWithLiteral()
    {
        int cloned = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            int hundredths = 1 + seed * 7 % 150;
            int? num = seed % 3 == 0 ? seed % 40 : null;
            int[] expected = LiteralClones(data, num ?? Literal.Share(hundredths, data.RowCount), Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new LprosOptions { Seed = seed, Rate = hundredths / 100.0, Num = num }).Recipe;
            Assert.Equal(expected, recipe.CloneSources);
            Assert.Null(recipe.KeptRows);
            cloned += expected.Length;
        }

        Assert.True(cloned > 500);
    }

    [Fact]
    public void Run_ThreeSets_LargestSmallOneFirst()
    {
        // Sizes 6, 2, 1: mean 3, so that the set of two takes one clone and the single row two.
        ResamplingResult result = Literal.Run(Literal.OfLabels("01", "10", "10", "10", "10", "10", "10", "11", "11"), new LprosOptions { Seed = 1, Num = 9 });
        Assert.Equal(3, result.Recipe.CloneSources.Length);
        Assert.Contains(result.Recipe.CloneSources[0], new[] { 7, 8 });
        Assert.Equal([0, 0], result.Recipe.CloneSources[1..]);
        Assert.StartsWith("3 of 9 clones were made: more would give a label set more than the mean of 3 rows", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EqualSets_NothingDoneAndSaysWhy()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("01", "10", "00"), new LprosOptions { Seed = 1, Rate = 1 });
        Assert.Empty(result.Recipe.CloneSources);
        Assert.Contains("all label sets are equally frequent", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    private static int[] LiteralClones(MultiLabelDataset data, int wanted, SeededRandom random)
    {
        int[][] bags = LiteralLabelSets.Bags(data);
        decimal mean = (decimal)data.RowCount / bags.Length;
        int[][] small = [.. bags.Where(bag => bag.Length < mean).OrderByDescending(bag => bag.Length).ThenBy(bag => bag[0])];
        int[] shares = LiteralLabelSets.Shares(small, wanted, bag => (int)Math.Floor(mean - bag.Length));
        return [.. small.Zip(shares).SelectMany(pair => Enumerable.Range(0, pair.Second).Select(_ => pair.First[random.NextInt(pair.First.Length)]))];
    }
}
