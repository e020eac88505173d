using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;
using static AemloBridge.Tests.Aemlo.OversamplerTests;

namespace AemloBridge.Tests.Aemlo;

/// <summary>What every new row owes to its seed and its schema, through a whole run.</summary>
[Collection(TorchCollection.Name)]
public class OversamplerRulesTests
{
    public static TheoryData<string> Presets => [.. AemloPresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_WeightedRows_NewRowsWeighWhatTheirSeedsDo(string preset)
    {
        MultiLabelDataset plain = TestData.Mixed();
        double[] weights = [.. Enumerable.Range(0, plain.RowCount).Select(row => 0.5 + row)];
        SyntheticRows rows = Run(new MultiLabelDataset(plain.Schema, plain.Features, plain.Labels, weights), Small(AemloPresets.Get(preset)) with { Num = 30 }).Recipe.NewRows;
        Assert.NotNull(rows.Weights);
        Assert.True(rows.SeedRows.Distinct().Count() > 1);
        Assert.Equal(rows.SeedRows.Select(seed => weights[seed]), rows.Weights);
        Assert.Null(Run(plain, Small(AemloPresets.Get(preset)) with { Num = 30 }).Recipe.NewRows.Weights);
    }

    [Fact]
    public void Run_Default_CopiesTheMinorityLabelsOfTheSeed()
    {
        // Two minority labels, on rows 0 to 5 and 3 to 8: some seeds have one of them, some the other, some both.
        MultiLabelDataset data = Labelled(120, 2, (row, random) =>
            [random.NextDouble() < 0.45, random.NextDouble() < 0.45, row < 6, row is >= 3 and < 9]);
        OversamplingResult result = Run(data, Small(AemloPresets.Default) with { Num = 40 });
        Assert.Equal([false, false, true, true], result.Before.Labels.Select(label => label.IsMinority));
        SyntheticRows rows = result.Recipe.NewRows;
        Assert.Equal(40, rows.Count);
        Assert.Equal(Enumerable.Range(0, 9), rows.SeedRows.Distinct().Order());
        for (int row = 0; row < rows.Count; row++)
        {
            Assert.Equal(data.Labels[rows.SeedRows[row], 2], rows.Labels[row, 2]);
            Assert.Equal(data.Labels[rows.SeedRows[row], 3], rows.Labels[row, 3]);
        }
    }

    [Fact]
    public void Run_DirectDecodingOfEveryRowOnce_KeepsTheFrequencyOfTwoValuedColumns()
    {
        const int Rows = 200;
        int[] every = [40, 20, 5, 2];
        var random = new SeededRandom(6, RandomStream.Sample);
        DataAttribute[] features = [.. every.Select((_, index) => DataAttribute.Nominal($"b{index}", "no", "yes")), DataAttribute.Numeric("x"), DataAttribute.Numeric("z")];
        MultiLabelDataset data = TestData.Literal(features, 2, [.. Enumerable.Range(0, Rows).Select(row => (double[])
            [.. every.Select(step => row % step == 1 ? 1.0 : 0), random.NextDouble(), random.NextDouble(), row % 2, 1 - row % 2])]);

        // All labels are copied, so that no row is turned away, and rounds take every row once: what is written is the
        // reconstruction of exactly the given rows.
        OversamplingResult result = Run(data, Small(AemloPresets.Paper) with
        {
            MinorityRule = MinorityRule.All,
            Labels = LabelSourceKind.SeedMinority,
            SeedOrder = SeedOrder.Rounds,
            Num = Rows,
        });
        SyntheticRows rows = result.Recipe.NewRows;
        Assert.Equal(Enumerable.Range(0, Rows), rows.SeedRows.Order());
        for (int column = 0; column < every.Length; column++)
            Assert.Equal(Rows / every[column], Enumerable.Range(0, Rows).Count(row => rows.Features[row, column] == 1));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_LabelHierarchy_EveryNewRowAgreesWithIt(string preset)
    {
        MultiLabelDataset data = Hierarchical();
        OversamplingResult result = Run(data, Small(AemloPresets.Get(preset)) with { Num = 60, Seed = 10 });
        SyntheticRows rows = result.Recipe.NewRows;
        Assert.NotEqual(0, rows.Count);
        for (int row = 0; row < rows.Count; row++)
        {
            for (int label = 0; label < data.Schema.LabelCount; label++)
            {
                int parent = data.Schema.Labels[label].Parent;
                Assert.True(parent < 0 || !rows.Labels[row, label] || rows.Labels[row, parent], $"new row {row} has label {label} without its parent {parent}");
                if (preset == AemloPresets.DefaultName && result.Before.Labels[label].IsMinority)
                    Assert.Equal(data.Labels[rows.SeedRows[row], label], rows.Labels[row, label]);
            }
        }

        // Without rows that had to be changed the test would say nothing.
        Assert.Single(result.Report.Warnings, warning => warning.EndsWith(" new rows were changed to agree with the label hierarchy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1200)]
    public void Run_Published_DrawsAsOftenAsRowsAreWantedAndNeverAgain(int num)
    {
        OversamplingResult result = FirstWithSomeRowsUnlabelled(TestData.Mixed(), Small(AemloPresets.Published) with { Num = num });
        SyntheticRecord record = result.Report.Synthetic!;
        Assert.Equal(num, record.Requested);
        Assert.Equal(num, record.Draws);
        Assert.InRange(record.Made, 1, num - 1);
        Assert.Equal(record.Made, result.Recipe.NewRows.Count);
        Assert.Single(result.Report.Warnings, warning => warning.StartsWith($"{record.Made} rows instead of {num}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_PaperWhereSomeRowsHaveNoLabel_DrawsAgainUntilAllAreMade()
    {
        AemloOptions options = Small(AemloPresets.Paper) with { Num = 120, MinorityRule = MinorityRule.All };
        OversamplingResult withoutRedraws = FirstWithSomeRowsUnlabelled(SometimesUnlabelled(), options with { MaxDraws = 1 });
        Assert.Equal(120, withoutRedraws.Report.Synthetic!.Draws);

        OversamplingResult result = Run(SometimesUnlabelled(), options with { Seed = withoutRedraws.Report.Seed });
        SyntheticRecord record = result.Report.Synthetic!;
        Assert.Equal(120, record.Made);
        Assert.InRange(record.Draws, 121, 20 * 120);
        Assert.DoesNotContain(result.Report.Warnings, warning => warning.Contains(" rows instead of ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    public void Run_PaperWhereNoRowHasALabel_GivesUpAfterTwentyDrawsPerRow(int num)
    {
        OversamplingResult result = Run(NeverLabelled(), Small(AemloPresets.Paper) with { Num = num, MinorityRule = MinorityRule.All });
        Assert.All(result.Report.Thresholds.Values, threshold => Assert.Equal(double.PositiveInfinity, threshold));
        SyntheticRecord record = result.Report.Synthetic!;
        Assert.Equal(0, record.Made);
        Assert.Equal(20 * num, record.Draws);
        Assert.Single(result.Report.Warnings, warning => warning.StartsWith($"0 rows instead of {num}: {20 * num} draws ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_SparseRows_NewRowsAreSparseWithoutSmallValues(string preset)
    {
        MultiLabelDataset data = FarFromZero();
        // Trained long enough that direct decoding writes more than zeros.
        SyntheticRows rows = Run(data, Small(AemloPresets.Get(preset)) with { Num = 40, LearningRate = 0.01, Epochs = 30 }).Recipe.NewRows;
        Assert.NotEqual(0, rows.Count);
        Assert.True(rows.Features.IsSparse);
        Assert.InRange(rows.Features.StoredCount, 1, (long)rows.Count * data.Schema.FeatureCount - 1);
        for (int row = 0; row < rows.Count; row++)
        {
            // No value of the given rows lies between 0 and 2: below half of that is as good as absent.
            foreach (double value in rows.Features.RowValues(row))
                Assert.InRange(value, 1, 3);
        }
    }

    private static OversamplingResult Run(MultiLabelDataset data, AemloOptions options) =>
        AemloOversampler.Run(data, options, null, TestContext.Current.CancellationToken);

    /// <summary>Numeric features that follow the first labels, and labels that a test chooses.</summary>
    private static MultiLabelDataset Labelled(int rows, int features, Func<int, SeededRandom, bool[]> labels)
    {
        var random = new SeededRandom(8, RandomStream.Sample);
        double[][] cells = [.. Enumerable.Range(0, rows).Select(row => labels(row, random)).Select(own => (double[])
            [.. Enumerable.Range(0, features).Select(feature => random.NextDouble() + (own[feature % own.Length] ? 1 : 0)), .. own.Select(has => has ? 1.0 : 0)])];
        return TestData.Literal([.. Enumerable.Range(0, features).Select(index => DataAttribute.Numeric($"x{index}"))], cells[0].Length - features, cells);
    }

    /// <summary>0 is the parent of 1, 1 of the minority label 2; then come pairs of parent and child. The given rows agree with it.</summary>
    private static MultiLabelDataset Hierarchical()
    {
        const int Pairs = 5;
        MultiLabelDataset flat = Labelled(120, 13, (row, random) =>
        {
            bool rare = row < 6;
            bool child = rare || random.NextDouble() < 0.3;
            bool[] parents = [.. Enumerable.Range(0, Pairs).Select(_ => random.NextDouble() < 0.5)];
            return [child || random.NextDouble() < 0.2, child, rare, .. parents.SelectMany(parent => new[] { parent, parent && random.NextDouble() < 0.7 })];
        });
        int[] above = [-1, 0, 1, .. Enumerable.Range(0, Pairs).SelectMany(pair => new[] { -1, 3 + 2 * pair })];
        var schema = new DatasetSchema("h", flat.Schema.Attributes, [.. flat.Schema.Labels.Select((label, index) => label with { Parent = above[index] })]);
        return new MultiLabelDataset(schema, flat.Features, flat.Labels);
    }

    private static MultiLabelDataset SometimesUnlabelled() => Labelled(120, 4, (row, random) =>
    {
        int common = random.NextInt(3);
        return [common == 0, common == 1, row < 8];
    });

    /// <summary>One label, on three of 60 rows that none of the held-out ones is: its threshold cannot be reached.</summary>
    private static MultiLabelDataset NeverLabelled()
    {
        AemloOptions options = Small(AemloPresets.Paper);
        int[] positive = RowSplit.Draw(60, options.ValidationShare, new SeededRandom(options.Seed!.Value, RandomStream.Split)).Training[..3];
        return Labelled(60, 2, (row, _) => [positive.Contains(row)]);
    }

    /// <summary>Sparse numbers that are 0 or at least 2.</summary>
    private static MultiLabelDataset FarFromZero()
    {
        MultiLabelDataset dense = Labelled(120, 8, (row, random) => [random.NextDouble() < 0.5, random.NextDouble() < 0.4, row < 6]);
        var random = new SeededRandom(4, RandomStream.Sample);
        var builder = new FeatureMatrixBuilder(8, sparse: true);
        for (int row = 0; row < dense.RowCount; row++)
            builder.AddDenseRow([.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() < 0.4 ? 0 : 2 + random.NextDouble())]);
        return new MultiLabelDataset(dense.Schema, builder.Build(), dense.Labels);
    }

    /// <summary>The run of the first seed under which some draws decode to no label and some to one.</summary>
    private static OversamplingResult FirstWithSomeRowsUnlabelled(MultiLabelDataset data, AemloOptions options) =>
        Enumerable.Range(1, 200)
            .Select(seed => Run(data, options with { Seed = seed }))
            .First(result => result.Recipe.NewRows.Count > 0 && result.Recipe.NewRows.Count < options.Num);
}
