using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Remedial;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Remedial;

public sealed class RemedialTests
{
    [Fact]
    public void Run_RandomDatasets_AgreesWithLiteral()
    {
        int decoupled = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            (string[] given, string[] added, int[] sources) = LiteralRemedial.Decouple(data);
            ResamplingRecipe recipe = Literal.Run(data, new RemedialOptions { Seed = 1 }).Recipe;
            LabelMatrix after = recipe.ApplyTo(data.Labels);
            Assert.Equal([.. given, .. added], Enumerable.Range(0, after.RowCount).Select(row => Literal.LabelSet(after, row)));
            Assert.Equal(sources, recipe.NewRows.SeedRows);
            Assert.Null(recipe.NewRows.NeighbourRows);
            DatasetAssert.Equal(data.SelectRows([.. Literal.AllRows(data), .. sources]), WithLabelsOfSources(recipe.ApplyTo(data), data, sources));
            decoupled += sources.Length;
        }

        Assert.True(decoupled > 1000);
    }

    [Fact]
    public void Run_RareAndFrequentLabelMeet_GivenRowKeepsTheRareOne()
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels("11", "10", "10", "10", "00"), new RemedialOptions());
        Assert.Equal([new LabelEdit(0, 0, false)], result.Recipe.LabelEdits);
        Assert.Equal([0], result.Recipe.NewRows.SeedRows);
        Assert.Equal("10", Literal.LabelSet(result.Recipe.NewRows.Labels, 0));
        Assert.Equal(0, result.After.Scumble);
        Assert.Empty(result.Report.Warnings);
    }

    [Fact]
    public void Run_AllLabelsOnOneSide_HalfWithoutLabelsAndSaysSo()
    {
        // C = 4, 2, 1: IRLbl 1, 2, 4; MeanIR 2.33. Row 0 has 1 and 2, both majority labels, and the largest SCUMBLE.
        ResamplingResult result = Literal.Run(Literal.OfLabels("110", "100", "100", "100", "010", "001"), new RemedialOptions());
        Assert.Equal("000", Literal.LabelSet(result.Recipe.ApplyTo(Literal.OfLabels("110", "100", "100", "100", "010", "001").Labels), 0));
        Assert.Equal("110", Literal.LabelSet(result.Recipe.NewRows.Labels, 0));
        Assert.StartsWith("1 of the 1 decoupled rows have minority labels only or none", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("110", "110", "101", "101", "110", "101")]
    [InlineData("1", "1", "1", "1", "1", "1")]
    [InlineData("00", "00", "00", "00", "00", "00")]
    public void Run_EveryRowWithTheSameScumble_NothingDoneAndSaysWhy(params string[] sets)
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels(sets), new RemedialOptions());
        Assert.Equal(0, result.Recipe.NewRows.Count);
        Assert.Empty(result.Recipe.LabelEdits);
        Assert.StartsWith("nothing was done", Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Hierarchy_HalvesHaveTheParentsOfTheirLabels()
    {
        bool said = false;
        for (int seed = 0; seed < 100; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, hierarchy: true);
            ResamplingResult result = Literal.Run(data, new RemedialOptions());
            LabelMatrix after = result.Recipe.ApplyTo(data.Labels);
            foreach ((int label, LabelDefinition definition) in data.Schema.Labels.Index().Where(pair => pair.Item.Parent >= 0))
                Assert.DoesNotContain(Enumerable.Range(0, after.RowCount), row => after[row, label] && !after[row, definition.Parent]);
            said |= result.Report.Warnings.Any(warning => warning.Contains("label hierarchy", StringComparison.Ordinal));
        }

        Assert.True(said);
    }

    private static MultiLabelDataset WithLabelsOfSources(MultiLabelDataset after, MultiLabelDataset given, int[] sources) =>
        new(after.Schema, after.Features, given.Labels.SelectRows([.. Literal.AllRows(given), .. sources]), after.Weights);
}
