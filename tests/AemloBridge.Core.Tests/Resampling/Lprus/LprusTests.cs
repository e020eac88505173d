using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Lprus;
using AemloBridge.Tests.Resampling.Lpros;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Lprus;

public sealed class LprusTests
{
    [Fact]
    public void Run_RandomDatasets_AgreesWithLiteral()
    {
        int removed = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            int hundredths = 1 + seed * 7 % 100;
            int? num = seed % 3 == 0 ? seed % 40 : null;
            int[] expected = LiteralKept(data, num ?? Literal.Share(hundredths, data.RowCount), Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new LprusOptions { Seed = seed, Rate = hundredths / 100.0, Num = num }).Recipe;
            Assert.Equal(expected, recipe.KeptRows);
            Assert.Empty(recipe.CloneSources);
            removed += data.RowCount - expected.Length;
        }

        Assert.True(removed > 500);
    }

    [Fact]
    public void Run_ThreeSets_NoneFallsBelowTheMean()
    {
        // Sizes 6, 4, 1: mean 3.67, so that nothing of the set of four can go, and two of the set of six.
        string[] sets = [.. Enumerable.Repeat("10", 6), .. Enumerable.Repeat("01", 4), "11"];
        ResamplingResult result = Literal.Run(Literal.OfLabels(sets), new LprusOptions { Seed = 1, Num = 5 });
        Assert.Equal([6, 7, 8, 9, 10], result.Recipe.KeptRows![^5..]);
        Assert.Equal(9, result.Recipe.KeptRows!.Length);
        Assert.StartsWith("2 of 5 rows were taken away: more would leave a label set with less than the mean of 3.67 rows", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EqualSets_NothingDoneAndSaysWhy()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("01", "10", "00"), new LprusOptions { Seed = 1, Rate = 1 });
        Assert.Equal([0, 1, 2], result.Recipe.KeptRows!);
        Assert.Contains("all label sets are equally frequent", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    private static int[] LiteralKept(MultiLabelDataset data, int wanted, SeededRandom random)
    {
        int[][] bags = LiteralLabelSets.Bags(data);
        decimal mean = (decimal)data.RowCount / bags.Length;
        int[][] large = [.. bags.Where(bag => bag.Length > mean).OrderBy(bag => bag.Length).ThenBy(bag => bag[0])];
        int[] shares = LiteralLabelSets.Shares(large, wanted, bag => (int)Math.Floor(bag.Length - mean));
        List<int> kept = [.. Literal.AllRows(data)];
        foreach ((int[] bag, int share) in large.Zip(shares))
        {
            for (int removal = 0; removal < share; removal++)
            {
                int[] left = [.. bag.Where(kept.Contains)];
                kept.Remove(left[random.NextInt(left.Length)]);
            }
        }

        return [.. kept];
    }
}
