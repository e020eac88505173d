using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlsmote;

public sealed class MlsmoteTests
{
    [Fact]
    public void Run_RandomDatasets_AgreesWithLiteral()
    {
        int made = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            var options = new MlsmoteOptions
            {
                Seed = seed,
                Neighbours = 1 + seed % 7,
                LabelRule = (LabelRule)(seed / 2 % 3),
                NominalDistance = (NominalDistance)(seed / 3 % 2),
                Num = seed % 3 == 0 ? seed % 50 : null,
                Threads = 1 + seed % 2,
            };
            LiteralRows expected = LiteralMlsmote.Make(data, options, Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, options).Recipe;
            if (expected.Count == 0)
                Assert.Equal(0, recipe.NewRows.Count);
            else
                expected.AssertEqual(data, recipe.NewRows);
            Assert.Null(recipe.KeptRows);
            Assert.Empty(recipe.LabelEdits);
            Assert.Empty(recipe.CloneSources);
            made += expected.Count;
        }

        Assert.True(made > 1000, $"{made}");
    }

    [Fact]
    public void Run_AllRowsAlike_AgreesWithLiteral()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x"), DataAttribute.Nominal("c", "a", "b")], 2, [[3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 0, 1], [3, 1, 1, 1], [3, 1, 1, 0]]);
        var options = new MlsmoteOptions { Seed = 4 };
        LiteralRows expected = LiteralMlsmote.Make(data, options, Literal.Random(4));
        Assert.Equal(2, expected.Count);
        expected.AssertEqual(data, Literal.Run(data, options).Recipe.NewRows);
    }

    [Theory, InlineData(LabelRule.Ranking, "1001"), InlineData(LabelRule.Union, "1101"), InlineData(LabelRule.Intersection, "0001")]
    public void Run_LabelRule_DecidesLabels(LabelRule rule, string expected)
    {
        // The last label's rows are at 0, 1 and 2; label 0 is in two of them, label 1 in one.
        MultiLabelDataset data = Literal.OfLabels("1001", "1001", "0101", "1100", "1100", "1100", "1100", "1100");
        SyntheticRows rows = Literal.Run(data, new MlsmoteOptions { Seed = 1, LabelRule = rule }).Recipe.NewRows;
        Assert.Equal([0, 1, 2], rows.SeedRows);
        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(expected, Literal.LabelSet(rows.Labels, row)));
    }

    [Fact]
    public void Run_RankingWithHalfOfTheRows_LabelIsNotSet()
    {
        // Seed and its one neighbour; one of the two has label 0. Mulan sets it, the paper does not.
        MultiLabelDataset data = Literal.OfLabels("11", "01", "10", "10", "10");
        SyntheticRows rows = Literal.Run(data, new MlsmoteOptions { Seed = 1 }).Recipe.NewRows;
        Assert.Equal(["01", "01"], Enumerable.Range(0, 2).Select(row => Literal.LabelSet(rows.Labels, row)));
    }

    [Fact]
    public void Run_NominalMode_SeedDoesNotVote()
    {
        // One neighbour each: with the seed among the voters every vote would be a tie, which the seed wins.
        MultiLabelDataset data = TestData.Literal([DataAttribute.Nominal("c", "a", "b", "c")], 2, [[2, 0, 1], [1, 0, 1], [0, 1, 0], [0, 1, 0], [0, 1, 0]]);
        SyntheticRows rows = Literal.Run(data, new MlsmoteOptions { Seed = 1 }).Recipe.NewRows;
        Assert.Equal([1, 2], [rows.Features[0, 0], rows.Features[1, 0]]);
    }

    [Theory, InlineData(NominalDistance.Vdm, 1), InlineData(NominalDistance.Overlap, 2)]
    public void Run_NominalDistance_DecidesNeighbour(NominalDistance distance, int nearest)
    {
        // Seed at (a, 0). By VDM value b is nearly like a (2/5 and 1/2 of their rows have the label), c is not (all have it);
        // by overlap b is as far as c, and the number decides.
        DataAttribute[] features = [DataAttribute.Nominal("v", "a", "b", "c", "d"), DataAttribute.Numeric("x")];
        MultiLabelDataset data = TestData.Literal(features, 2, [[0, 0, 0, 1], [1, 0.3, 0, 1], [2, 0.2, 0, 1], [0, 1, 1, 0], [1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1], [3, 1, 1, 0], [3, 1, 1, 0]]);
        SyntheticRows rows = Literal.Run(data, new MlsmoteOptions { Seed = 1, Neighbours = 1, NominalDistance = distance }).Recipe.NewRows;
        Assert.Equal(0, rows.SeedRows[0]);
        Assert.Equal(nearest, rows.NeighbourRows![0]);
    }

    [Fact]
    public void Run_BagOfOne_SkippedWithCount()
    {
        MultiLabelDataset data = Literal.OfLabels("1100", "1100", "1100", "1100", "1100", "1100", "1100", "1100", "1110", "1110", "1101");
        ResamplingResult result = Literal.Run(data, new MlsmoteOptions { Seed = 1 });
        Assert.Contains("1 minority label with a single row got no new rows", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
        Assert.Equal([8, 9], result.Recipe.NewRows.SeedRows);
    }

    [Fact]
    public void Run_TwoBagsOfOne_AreCountedInThePlural()
    {
        MultiLabelDataset data = Literal.OfLabels([.. Enumerable.Repeat("111000", 20), "000100", "000100", "000010", "000001"]);
        Assert.Contains("2 minority labels with a single row", Assert.Single(Literal.Run(data, new MlsmoteOptions { Seed = 1 }).Report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "10", "01" }, null, "no label is a minority label")]
    [InlineData(new[] { "10", "10", "10", "01" }, null, "every minority label has a single row")]
    [InlineData(new[] { "10", "10", "10", "01", "01" }, 0, "--num is 0")]
    [InlineData(new[] { "0", "0" }, null, "no row has a label, so there is nothing to balance")]
    public void Run_NothingToDo_SaysWhy(string[] sets, int? num, string reason)
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels(sets), new MlsmoteOptions { Seed = 1, Num = num });
        Assert.Equal(0, result.Recipe.NewRows.Count);
        Assert.Contains(reason, Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(17)]
    public void Run_Num_IsExact(int num)
    {
        MultiLabelDataset data = Literal.OfLabels("10", "10", "10", "10", "01", "01");
        ResamplingResult result = Literal.Run(data, new MlsmoteOptions { Seed = 3, Num = num });
        Assert.Equal(num, result.Recipe.NewRows.Count);
        Assert.Equal(num, result.Report.Recipe!.Requested);
        Assert.InRange(result.Recipe.NewRows.SeedRows.Count(row => row == 4), num / 2, (num + 1) / 2);
    }

    [Fact]
    public void Run_RandomDatasets_MinorityLabelsOnlyGainAndValuesStayInRange()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, hierarchy: true);
            ResamplingResult result = Literal.Run(data, new MlsmoteOptions { Seed = seed, LabelRule = (LabelRule)(seed % 3) });
            Assert.All(result.Before.Labels.Zip(result.After.Labels), pair => Assert.True(!pair.First.IsMinority || pair.Second.Positives >= pair.First.Positives));
            NewRowChecks.AssertUsable(data, result.Recipe.NewRows);
        }
    }
}
