using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlrus;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlrus;

public sealed class MlrusTests
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
            int[] expected = LiteralMlrus.Kept(data, num ?? Literal.Share(hundredths, data.RowCount), Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new MlrusOptions { Seed = seed, Rate = hundredths / 100.0, Num = num }).Recipe;
            Assert.Equal(expected, recipe.KeptRows);
            Assert.Empty(recipe.LabelEdits);
            Assert.Empty(recipe.CloneSources);
            Assert.Equal(0, recipe.NewRows.Count);
            removed += data.RowCount - expected.Length;
        }

        Assert.True(removed > 1000);
    }

    [Fact]
    public void Run_RowsWithMinorityLabel_AreSpared()
    {
        // C = 4, 1: row 0 holds the minority label and the majority one; the other three can go.
        ResamplingResult result = Literal.Run(Literal.OfLabels("11", "10", "10", "10"), new MlrusOptions { Seed = 1, Num = 4 });
        Assert.Contains(0, result.Recipe.KeptRows!);
        Assert.Equal(4, result.Report.Recipe!.Requested);
    }

    [Fact]
    public void Run_SecondLabelReachesMeanIR_Retires()
    {
        // C = 6, 4, 1: IRLbl 1, 1.5, 6; MeanIR 17/6 = 2.83. The first label's bag can be emptied, IRLbl being relative to the
        // most frequent label; the second retires as soon as max / C is 2.83 or more.
        MultiLabelDataset data = Literal.OfLabels("100", "100", "100", "100", "100", "100", "010", "010", "010", "010", "001");
        ResamplingResult result = Literal.Run(data, new MlrusOptions { Seed = 1, Num = 4 });
        // Turns: first (5 left), second (3 left), first (4), second (2): 4/2 = 2.
        Assert.Equal([4, 2, 1], result.After.Labels.Select(label => label.Positives));
        // Then first (3), second (1): 3/1 = 3 retires it; first (2), first (1), first (0).
        ResamplingResult more = Literal.Run(data, new MlrusOptions { Seed = 1, Num = 11 });
        Assert.Equal([0, 1, 1], more.After.Labels.Select(label => label.Positives));
        Assert.StartsWith("9 of 11 rows were taken away", Assert.Single(more.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoMinorityLabel_NothingDoneAndSaysWhy()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("10", "01"), new MlrusOptions { Seed = 1, Rate = 1 });
        Assert.Equal([0, 1], result.Recipe.KeptRows!);
        Assert.Contains("no label is a minority label", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoLabelAtAll_SaysSo() =>
        Assert.Equal("nothing was done: no row has a label, so there is nothing to balance", Assert.Single(Literal.Run(Literal.OfLabels("00", "00"), new MlrusOptions { Seed = 1, Rate = 1 }).Report.Warnings));

    [Fact]
    public void Run_RandomDatasets_MinorityLabelsKeepAllTheirRows()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            ResamplingResult result = Literal.Run(RandomDatasets.Make(seed), new MlrusOptions { Seed = seed, Rate = 0.5 });
            Assert.All(result.Before.Labels.Zip(result.After.Labels), pair => Assert.True(pair.First.IsMinority ? pair.Second.Positives == pair.First.Positives : pair.Second.Positives <= pair.First.Positives));
            Assert.Equal(result.Recipe.KeptRows!.Order().Distinct(), result.Recipe.KeptRows);
        }
    }
}
