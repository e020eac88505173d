using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlros;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlros;

public sealed class MlrosTests
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
            int[] expected = LiteralMlros.Clones(data, num ?? Literal.Share(hundredths, data.RowCount), Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new MlrosOptions { Seed = seed, Rate = hundredths / 100.0, Num = num }).Recipe;
            Assert.Equal(expected, recipe.CloneSources);
            Assert.Null(recipe.KeptRows);
            Assert.Empty(recipe.LabelEdits);
            Assert.Equal(0, recipe.NewRows.Count);
            cloned += expected.Length;
        }

        Assert.True(cloned > 1000);
    }

    [Fact]
    public void Run_OneMinorityLabel_ClonesUntilMeanIR()
    {
        // C = 6, 1: IRLbl 1 and 6, MeanIR 3.5. One clone: 6/2 = 3, no longer above.
        ResamplingResult result = Literal.Run(Literal.OfLabels("10", "10", "10", "10", "10", "10", "01"), new MlrosOptions { Seed = 1, Num = 5 });
        Assert.Equal([6], result.Recipe.CloneSources);
        Assert.Equal(5, result.Report.Recipe!.Requested);
        Assert.StartsWith("1 of 5 clones were made", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CloneHoldsMostFrequentLabel_CountsOfTheMomentDecide()
    {
        MultiLabelDataset data = Literal.OfLabels("100", "100", "100", "100", "100", "110", "111");
        // C = 7, 2, 1: IRLbl 1, 3.5, 7; MeanIR 23/6 = 3.83. Clones of the last row: 8/2 = 4 > 3.83, then 9/3 = 3.
        // With the largest count held at 7, the first clone (7/2 = 3.5) would have been the last.
        ResamplingResult result = Literal.Run(data, new MlrosOptions { Seed = 1, Num = 5 });
        Assert.Equal([6, 6], result.Recipe.CloneSources);
    }

    [Fact]
    public void Run_TwoMinorityLabels_TakeTurns()
    {
        // MeanIR (1 + 1 + 1 + 30 + 30) / 5 = 12.6: the two rare labels need two clones each.
        string[] sets = [.. Enumerable.Repeat("11100", 30), "00010", "00001"];
        Assert.Equal([30, 31, 30], Literal.Run(Literal.OfLabels(sets), new MlrosOptions { Seed = 1, Num = 3 }).Recipe.CloneSources);
    }

    [Fact]
    public void Run_NoMinorityLabel_NothingDoneAndSaysWhy()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("10", "01"), new MlrosOptions { Seed = 1 });
        Assert.Empty(result.Recipe.CloneSources);
        Assert.Contains("no label is a minority label", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoLabelAtAll_SaysSo() =>
        Assert.Equal("nothing was done: no row has a label, so there is nothing to balance", Assert.Single(Literal.Run(Literal.OfLabels("00", "00"), new MlrosOptions { Seed = 1, Rate = 1 }).Report.Warnings));

    [Fact]
    public void Run_RateBelowOneRow_NothingDoneAndSaysWhy()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("10", "10", "10", "01"), new MlrosOptions { Seed = 1, Rate = 0.2 });
        Assert.Empty(result.Recipe.CloneSources);
        Assert.Contains("less than one row", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RandomDatasets_RarestLabelsOnlyGainAndAmountIsExactOrExplained()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed);
            ResamplingResult result = Literal.Run(data, new MlrosOptions { Seed = seed, Rate = 0.5 });
            Assert.All(result.Before.Labels.Zip(result.After.Labels), pair => Assert.True(pair.Second.Positives >= pair.First.Positives));
            Assert.All(result.Recipe.CloneSources, row => Assert.Contains(result.Before.Labels.Index(), label => label.Item.IsMinority && data.Labels[row, label.Index]));
            Assert.True(result.Recipe.CloneSources.Length == data.RowCount / 2 || result.Report.Warnings.Count == 1);
        }
    }
}
