using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Resampling.RemedialHwr;
using AemloBridge.Tests.Resampling.Mlros;
using AemloBridge.Tests.Resampling.Mlsmote;
using AemloBridge.Tests.Resampling.Remedial;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.RemedialHwr;

public sealed class RemedialHwrTests
{
    [Fact]
    public void Run_Mlros_AgreesWithLiteralStepByStep()
    {
        int ofHalves = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            MultiLabelDataset decoupled = Decoupled(data, out int[] sources);
            int[] clones = LiteralMlros.Clones(decoupled, Literal.Share(30, decoupled.RowCount), Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new RemedialHwrOptions { Seed = seed, Rate = 0.3 }).Recipe;

            int n = data.RowCount;
            int[] asGiven = [.. clones.Where(row => row < n && !sources.Contains(row))];
            int[] others = [.. clones.Where(row => !asGiven.Contains(row))];
            int[] order = [.. Enumerable.Range(0, n), .. asGiven, .. Enumerable.Range(n, sources.Length), .. others];
            DatasetAssert.Equal(decoupled.SelectRows(order), recipe.ApplyTo(data));
            Assert.Equal(asGiven, recipe.CloneSources);
            Assert.Equal([.. sources, .. others.Select(row => row < n ? row : sources[row - n])], recipe.NewRows.SeedRows);
            ofHalves += others.Length;
        }

        Assert.True(ofHalves > 100);
    }

    [Fact]
    public void Run_Mlenn_AgreesWithLiteralStepByStep()
    {
        (int given, int halves) = (0, 0);
        for (int seed = 0; seed < 200; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            MultiLabelDataset decoupled = Decoupled(data, out int[] sources);
            int k = seed % 4 == 0 ? 1 + seed % 9 : 3;
            double difference = seed % 4 == 1 ? 0.4 : 0.75;
            int[] kept = LiteralMlenn.Kept(decoupled, k, difference);
            RemedialHwrOptions options = Mlenn with { Neighbours = seed % 4 == 0 ? k : null, Difference = difference };
            if (kept.Length == 0)
            {
                Assert.Contains("every row", Assert.Throws<AemloInputException>(() => Literal.Run(data, options)).Message, StringComparison.Ordinal);
                continue;
            }

            ResamplingRecipe recipe = Literal.Run(data, options).Recipe;
            DatasetAssert.Equal(decoupled.SelectRows(kept), recipe.ApplyTo(data));
            Assert.Equal(kept.Where(row => row < data.RowCount), recipe.KeptRows ?? Literal.AllRows(data));
            Assert.Equal(kept.Where(row => row >= data.RowCount).Select(row => sources[row - data.RowCount]), recipe.NewRows.SeedRows);
            given += data.RowCount - (recipe.KeptRows?.Length ?? data.RowCount);
            halves += sources.Length - recipe.NewRows.Count;
        }

        Assert.True(given > 100);
        Assert.True(halves > 100);
    }

    [Fact]
    public void Run_Mlsmote_AgreesWithLiteralStepByStep()
    {
        int made = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            MultiLabelDataset decoupled = Decoupled(data, out int[] sources);
            var mlsmote = new MlsmoteOptions { LabelRule = (LabelRule)(seed % 3), Neighbours = seed % 4 == 0 ? 2 : MlsmoteOptions.DefaultNeighbours, Num = seed % 5 == 0 ? 20 : null };
            LiteralRows expected = LiteralMlsmote.Make(decoupled, mlsmote, Literal.Random(seed));
            ResamplingRecipe recipe = Literal.Run(data, new RemedialHwrOptions
            {
                Seed = seed,
                Partner = HwrPartner.Mlsmote,
                LabelRule = mlsmote.LabelRule,
                Neighbours = seed % 4 == 0 ? 2 : null,
                Num = mlsmote.Num,
                Device = DeviceKind.Cpu,
            }).Recipe;

            MultiLabelDataset after = recipe.ApplyTo(data);
            Assert.Equal(decoupled.RowCount + expected.Count, after.RowCount);
            DatasetAssert.EqualRows(decoupled, 0, after, 0, decoupled.RowCount);
            for (int row = 0; row < expected.Count; row++)
            {
                int at = decoupled.RowCount + row;
                Assert.Equal(expected.Features[row], Enumerable.Range(0, data.Schema.FeatureCount).Select(column => after.Features[at, column]));
                Assert.Equal(expected.Labels[row], Enumerable.Range(0, data.Schema.LabelCount).Select(label => after.Labels[at, label]));
                Assert.Equal(Source(expected.Seeds[row]), recipe.NewRows.SeedRows[sources.Length + row]);
                Assert.Equal(Source(expected.References[row]), recipe.NewRows.NeighbourRows![sources.Length + row]);
            }

            made += expected.Count;

            int Source(int row) => row < data.RowCount ? row : sources[row - data.RowCount];
        }

        Assert.True(made > 500, $"{made}");
    }

    [Fact]
    public void Run_MlennByHand_ARowAmongOthersGoesUnlessItHasAMinorityLabel()
    {
        // Row 1 stands among rows of the first label with the second; row 7 so too, but its label is a minority label.
        // C = 5, 4, 1: IRLbl 1, 1.25, 5; MeanIR 2.42.
        MultiLabelDataset data = Literal.OfLabels("100", "010", "100", "100", "010", "010", "010", "001", "100", "100");
        ResamplingResult result = Literal.Run(data, Mlenn);
        Assert.DoesNotContain(1, result.Recipe.KeptRows!);
        Assert.Contains(7, result.Recipe.KeptRows!);
    }

    [Fact]
    public void Run_MlennThreads_SameRows()
    {
        MultiLabelDataset data = TestData.Numeric(rows: 300, labels: 6);
        ResamplingResult one = Literal.Run(data, Mlenn with { Threads = 1 });
        ResamplingResult two = Literal.Run(data, Mlenn with { Threads = 2 });
        Assert.NotEmpty(one.Recipe.KeptRows!);
        DatasetAssert.Equal(one.Recipe.ApplyTo(data), two.Recipe.ApplyTo(data));
    }

    [Fact]
    public void Run_MlennLeavesNothing_SaysWhatToDo()
    {
        AemloInputException error = Assert.Throws<AemloInputException>(() => Literal.Run(Literal.OfLabels("10", "01"), Mlenn));
        Assert.Contains("--partner", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingToDo_EachStepSaysWhy()
    {
        IReadOnlyList<string> warnings = Literal.Run(Literal.OfLabels("10", "01"), new RemedialHwrOptions { Seed = 1 }).Report.Warnings;
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("REMEDIAL: nothing was done", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("mlros: nothing was done", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HwrPartner.Mlros, "neighbours", "label-rule", "difference")]
    [InlineData(HwrPartner.Mlsmote, "rate", "difference")]
    [InlineData(HwrPartner.Enn, "rate", "num", "label-rule")]
    public void Run_OptionsThePartnerDoesNotRead_AreNamedWhereTheyWereSet(HwrPartner partner, params string[] unread)
    {
        MultiLabelDataset data = TestData.Numeric();
        var defaults = new RemedialHwrOptions { Seed = 1, Partner = partner };
        var set = defaults with { Rate = 0.2, Num = 7, Neighbours = 4, LabelRule = LabelRule.Union, Difference = 0.5 };
        string word = partner.ToString().ToLowerInvariant();

        Assert.DoesNotContain(Literal.Run(data, defaults).Report.Warnings, warning => warning.Contains("does not apply", StringComparison.Ordinal));
        Assert.Equal(
            unread.Select(name => $"{name} does not apply to the partner {word}"),
            Literal.Run(data, set).Report.Warnings.Where(warning => warning.Contains("does not apply", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_FewerClonesThanAskedFor_RequestedTellsTheDifference()
    {
        MultiLabelDataset data = TestData.Numeric();
        ResamplingResult result = Literal.Run(data, new RemedialHwrOptions { Seed = 1, Num = 100_000 });
        int made = result.Recipe.CloneSources.Length + result.Recipe.NewRows.Count;
        int halves = result.Recipe.LabelEdits.Select(edit => edit.Row).Distinct().Count();
        Assert.Equal(100_000 + halves, result.Report.Recipe!.Requested);
        Assert.True(made < 100_000);
    }

    private static RemedialHwrOptions Mlenn { get; } = new() { Seed = 1, Partner = HwrPartner.Enn, Device = DeviceKind.Cpu };

    private static MultiLabelDataset Decoupled(MultiLabelDataset data, out int[] sources)
    {
        (string[] given, string[] added, sources) = LiteralRemedial.Decouple(data);
        string[] sets = [.. given, .. added];
        var labels = new LabelMatrix(sets.Length, data.Schema.LabelCount);
        foreach ((int row, string set) in sets.Index())
        {
            foreach ((int label, char bit) in set.Index())
                labels[row, label] = bit == '1';
        }

        MultiLabelDataset rows = data.SelectRows([.. Literal.AllRows(data), .. sources]);
        return new MultiLabelDataset(data.Schema, rows.Features, labels, rows.Weights);
    }
}
