using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlbote;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlbote;

public sealed class MlbotePropertyTests
{
    private const int DataSets = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_SameSeed_SameRowsWithAnyThreadsDenseOrSparse()
    {
        for (int seed = 0; seed < DataSets; seed++)
        {
            MlboteOptions options = RandomOptions.Make(seed) with { Threads = 1 };
            ResamplingRecipe one = Run(RandomDatasets.Make(seed), options);
            ResamplingRecipe two = Run(RandomDatasets.Make(seed, sparse: true), options with { Threads = 2 });
            Assert.Equal(one.LabelEdits, two.LabelEdits);
            Assert.Equal(one.NewRows.SeedRows, two.NewRows.SeedRows);
            Assert.Equal(one.NewRows.NeighbourRows, two.NewRows.NeighbourRows);
            Assert.Equal(Cells(one.NewRows.Features), Cells(two.NewRows.Features));
        }
    }

    [Fact]
    public void Run_AnyData_NewRowsHaveTheLabelsOfBothParentsAndLieBetweenThem()
    {
        int made = 0;
        for (int seed = 0; seed < DataSets; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 0);
            MlboteOptions options = RandomOptions.Make(seed);
            ResamplingRecipe recipe = Run(data, options);
            SyntheticRows rows = recipe.NewRows;
            LabelMatrix labels = recipe.ApplyTo(data.Labels);
            for (int row = 0; row < rows.Count; row++, made++)
            {
                int reference = rows.NeighbourRows![row];
                // Never the seed itself, so that a label set of one row has no new rows.
                Assert.NotEqual(rows.SeedRows[row], reference);
                Assert.Equal(0, LabelMatrix.Disagreement(rows.Labels, row, labels, rows.SeedRows[row]));
                Assert.Equal(0, LabelMatrix.Disagreement(rows.Labels, row, labels, reference));
                Assert.Equal(data.Weights?[rows.SeedRows[row]], rows.Weights?[row]);
                AssertBetween(data, rows, row, options.StepSize <= 1);
            }
        }

        Assert.True(made > 1000, $"{made} rows");
    }

    [Fact]
    public void Run_NoStageAsksForRows_OnlyClearsNoise()
    {
        int cleared = 0;
        for (int seed = 0; seed < DataSets; seed++)
        {
            MlboteOptions options = RandomOptions.Make(seed) with { SelfRatio = 0, CrossThreshold = 1e6, Interior = false };
            ResamplingResult result = new MlboteMethod().Run(RandomDatasets.Make(seed), options, null, Token);
            Assert.Equal(0, result.Recipe.NewRows.Count);
            Assert.Equal(0, result.Report.Recipe!.Requested);
            Assert.Contains(result.Recipe.LabelEdits.Count > 0 ? "were cleared" : "nothing was done", Assert.Single(result.Report.Warnings));
            cleared += result.Recipe.LabelEdits.Count;
        }

        Assert.NotEqual(0, cleared);
    }

    [Fact]
    public void Run_AllDistancesTimesAPowerOfTwo_SameChoices()
    {
        for (int seed = 0; seed < DataSets; seed++)
        {
            MultiLabelDataset data = NumericOnly(seed, factor: 1);
            MlboteOptions options = RandomOptions.Make(seed) with { ScaleNumeric = false };
            ResamplingRecipe plain = Run(data, options);
            ResamplingRecipe scaled = Run(NumericOnly(seed, factor: 8), options);
            Assert.Equal(plain.LabelEdits, scaled.LabelEdits);
            Assert.Equal(plain.NewRows.SeedRows, scaled.NewRows.SeedRows);
            Assert.Equal(plain.NewRows.NeighbourRows, scaled.NewRows.NeighbourRows);
        }
    }

    [Fact]
    public void Measure_AnyData_SelfWeightsSumToOneOrAreAllZero()
    {
        int ones = 0;
        for (int seed = 0; seed < DataSets; seed++)
        {
            Densities densities = Line.Measure(NumericOnly(seed, factor: 1), RandomOptions.Make(seed), Token);
            double sum = densities.Self.Sum();
            Assert.True(Math.Abs(sum - 1) < 1e-12 || densities.Self.All(weight => weight == 0), $"{sum}");
            Assert.All(densities.Self.Concat(densities.Negative).Concat(densities.Ratio), value => Assert.True(value >= 0 && double.IsFinite(value), $"{value}"));
            ones += sum > 0 ? 1 : 0;
        }

        Assert.True(ones > DataSets / 4, $"{ones}");
    }

    [Fact]
    public void Run_Hierarchy_EveryLabelKeepsItsParents()
    {
        for (int seed = 0; seed < DataSets; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, hierarchy: true);
            LabelMatrix labels = Run(data, RandomOptions.Make(seed)).ApplyTo(data.Labels);
            for (int row = 0; row < labels.RowCount; row++)
            {
                for (int label = 0; label < labels.LabelCount; label++)
                    Assert.False(labels[row, label] && data.Schema.Labels[label].Parent is >= 0 and int parent && !labels[row, parent], $"seed {seed}, row {row}, label {label}");
            }
        }
    }

    private static ResamplingRecipe Run(MultiLabelDataset data, MlboteOptions options) => new MlboteMethod().Run(data, options, null, Token).Recipe;

    private static double[][] Cells(FeatureMatrix features) => [.. Enumerable.Range(0, features.RowCount)
        .Select(row => Enumerable.Range(0, features.ColumnCount).Select(column => features[row, column]).ToArray())];

    private static void AssertBetween(MultiLabelDataset data, SyntheticRows rows, int row, bool within)
    {
        for (int column = 0; column < data.Schema.FeatureCount; column++)
        {
            double seed = data.Features[rows.SeedRows[row], column];
            double reference = data.Features[rows.NeighbourRows![row], column];
            double value = rows.Features[row, column];
            if (double.IsNaN(seed) || double.IsNaN(reference))
                Assert.Equal(seed, value);
            else if (data.Schema.Features[column].IsNominal)
                Assert.True(value == seed || value == reference);
            else if (within)
                Assert.InRange(value, Math.Min(seed, reference), Math.Max(seed, reference));
        }
    }

    /// <summary>The labels of a random data set with one numeric column of eighths that does not have whole numbers alone.</summary>
    private static MultiLabelDataset NumericOnly(long seed, double factor)
    {
        LabelMatrix labels = RandomDatasets.Make(seed).Labels;
        var random = new SeededRandom(seed, RandomStream.Split);
        (double, string)[] rows =
        [
            .. Enumerable.Range(0, labels.RowCount).Select(row => (
                factor * (random.NextInt(200) / 8.0 + 1.0 / 1024),
                string.Concat(Enumerable.Range(0, Math.Min(labels.LabelCount, 20)).Where(label => labels[row, label]).Select(label => (char)('a' + label))))),
        ];
        return Line.Of(rows);
    }
}
