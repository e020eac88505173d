using System.Text.RegularExpressions;
using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlbote;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlbote;

/// <summary>The fast implementation against <see cref="LiteralMlbote"/>, bit for bit.</summary>
public sealed class MlboteAgreementTests
{
    private const int DataSets = 400;
    private const int Parts = 4;
    private const int FewestPerStage = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Run_RandomDataSets_EqualsTheLiteralMethod(int part)
    {
        for (int seed = part; seed < DataSets; seed += Parts)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 3 == 0);
            MlboteOptions options = RandomOptions.Make(seed);
            var literal = new LiteralMlbote(data, options, new SeededRandom(seed, RandomStream.Resampling));
            literal.Run();

            ResamplingResult result = new MlboteMethod().Run(data, options, null, Token);

            ResamplingRecipe recipe = result.Recipe;
            Assert.Null(recipe.KeptRows);
            Assert.Empty(recipe.CloneSources);
            Assert.Equal(literal.ClearedLabels, recipe.LabelEdits.Select(edit => (edit.Row, edit.Label)));
            Assert.All(recipe.LabelEdits, edit => Assert.False(edit.Value));
            Assert.Equal(literal.Made.Select(made => made.Seed), recipe.NewRows.SeedRows);
            Assert.Equal(literal.Made.Select(made => made.Reference), recipe.NewRows.NeighbourRows!);
            Assert.Equal(literal.Asked, result.Report.Recipe!.Requested);
            AssertFeatures(literal, data.RowCount, recipe.NewRows.Features);
        }
    }

    [Theory, InlineData("yeast"), InlineData("enron")]
    public void Run_RowsOfRealDataSets_EqualsTheLiteralMethod(string name)
    {
        const int Rows = 150;
        MultiLabelDataset data = ArffReader.Read(RealData.Path(name + ".arff"), LabelSelection.Xml(RealData.Path(name + ".xml")), null, Token)
            .SelectRows([.. Enumerable.Range(0, Rows)]);
        MlboteOptions options = new() { Seed = 3, Loops = 2, SelfRatio = 0.1, CrossThreshold = 2 };
        var literal = new LiteralMlbote(data, options, new SeededRandom(3, RandomStream.Resampling));
        literal.Run();
        ResamplingRecipe recipe = new MlboteMethod().Run(data, options, null, Token).Recipe;
        Assert.NotEmpty(literal.Made);
        Assert.Equal(literal.ClearedLabels, recipe.LabelEdits.Select(edit => (edit.Row, edit.Label)));
        Assert.Equal(literal.Made.Select(made => (made.Seed, made.Reference)), recipe.NewRows.SeedRows.Zip(recipe.NewRows.NeighbourRows!));
        AssertFeatures(literal, data.RowCount, recipe.NewRows.Features);
    }

    [Fact]
    public void Run_RandomDataSets_ReachEveryStage()
    {
        var reached = new Dictionary<string, int>();
        for (int seed = 0; seed < DataSets; seed++)
        {
            ResamplingResult result = new MlboteMethod().Run(RandomDatasets.Make(seed), RandomOptions.Make(seed), null, Token);
            foreach (Match made in Regex.Matches(result.Report.Warnings[0], @"(\w+)(?:-borderline)? (\d+) of (\d+)"))
            {
                Count(made.Groups[1].Value, made.Groups[2].Value != "0");
                Count("dropped", made.Groups[2].Value != made.Groups[3].Value);
            }

            Count("cleared", result.Recipe.LabelEdits.Count > 0);
            Count("nothing", result.Recipe.NewRows.Count == 0);
        }

        Assert.All(["self", "cross", "interior", "dropped", "cleared", "nothing"], stage => Assert.True(reached.GetValueOrDefault(stage) > FewestPerStage, $"{stage}: {reached.GetValueOrDefault(stage)}"));

        void Count(string stage, bool isReached) => reached[stage] = reached.GetValueOrDefault(stage) + (isReached ? 1 : 0);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Measure_AfterBatchesOfAnyRows_EqualsMeasuringAnew(int part)
    {
        for (int seed = part; seed < DataSets / 2; seed += 2)
        {
            MultiLabelDataset data = RandomDatasets.Make(DataSets + seed, sparse: seed % 2 == 0);
            // No label has enough rows to be cleared.
            MlboteOptions options = RandomOptions.Make(seed) with { NoiseLabelNeighbours = data.RowCount };
            var random = new SeededRandom(seed, RandomStream.Split);
            var literal = new LiteralMlbote(data, options, random);
            Measured measured = Measured.Start(data, options, Token);
            for (int batch = 0; batch < 4; batch++)
            {
                Densities densities = measured.Borders.Measure(data.RowCount, Token);
                (double[] wT, double[] wR, double[] rho) = literal.Weights();
                Assert.Equal(wT, densities.Self);
                Assert.Equal(wR, densities.Negative);
                Assert.Equal(rho, densities.Ratio);
                measured.Append(literal, random);
            }
        }
    }

    private static void AssertFeatures(LiteralMlbote literal, int originals, FeatureMatrix features)
    {
        var cells = new double[features.ColumnCount];
        Assert.Equal(literal.Made.Count, features.RowCount);
        for (int row = 0; row < features.RowCount; row++)
        {
            features.CopyRow(row, cells);
            Assert.Equal(literal.Rows.Cells[originals + row], cells);
            if (features.IsSparse)
                Assert.DoesNotContain(0.0, features.RowValues(row).ToArray());
        }
    }

    /// <summary>The borders of a data set, and rows that are added at random.</summary>
    private sealed record Measured(CurrentRows Rows, BorderWatch Watch, BorderDensities Borders)
    {
        public static Measured Start(MultiLabelDataset data, MlboteOptions options, CancellationToken token)
        {
            var space = DistanceSpace.Overlap(data.Schema, data.Features, options.ScaleNumeric);
            using var search = new NeighbourSearch(space, data.Features);
            ClassNeighbours neighbours = ClassNeighbours.Find(search, data.Labels, 1, token);
            LabelRoles roles = LabelRoles.Of(data.Labels, options.ImbalanceThreshold);
            var rows = new CurrentRows(data, data.Labels) { MostTogether = 7 };
            var watch = new BorderWatch(space, rows, neighbours, options.Threads) { Block = 5 };
            Border[] borders = Border.Find(roles.Active, neighbours, options.BorderNeighbours, token);
            return new Measured(rows, watch, BorderDensities.Start(rows, roles, borders, neighbours, watch, options, token));
        }

        public void Append(LiteralMlbote literal, SeededRandom random)
        {
            int originals = Rows.OriginalLabels.RowCount;
            DrawnRow[] drawn = [.. Enumerable.Range(0, random.NextInt(30)).Select(_ => new DrawnRow(random.NextInt(originals), random.NextInt(originals), random.NextDouble()))];
            foreach (DrawnRow row in drawn)
                literal.Append(row.Seed, row.Reference, row.Step);
            foreach (AddedRows added in Rows.Append(drawn))
                Watch.Include(added, Token);
        }
    }
}
