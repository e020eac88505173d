using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlsol;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlsol;

public sealed class MlsolTests
{
    [Fact]
    public void Run_RandomDatasets_AgreesWithLiteral()
    {
        int made = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            int hundredths = 10 + seed * 7 % 150;
            var options = new MlsolOptions
            {
                Seed = seed,
                Rate = hundredths / 100.0,
                Num = seed % 3 == 0 ? seed % 70 : null,
                Neighbours = 1 + seed % 11,
                Threads = 1 + seed / 2 % 2,
            };
            int wanted = options.Num ?? Literal.Share(hundredths, data.RowCount);
            LiteralRows expected = data.RowCount == 1 ? new LiteralRows() : new LiteralMlsol(data, options.Neighbours).Make(wanted, Literal.Random(seed));
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

        Assert.True(made > 3000, $"{made}");
    }

    [Fact]
    public void Run_AllRowsAlike_AgreesWithLiteral()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x"), DataAttribute.Nominal("c", "a", "b")], 2, [[3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 0, 1], [3, 1, 1, 1], [3, 1, 1, 0]]);
        LiteralRows expected = new LiteralMlsol(data, 6).Make(25, Literal.Random(4));
        Assert.Equal(25, expected.Count);
        expected.AssertEqual(data, Literal.Run(data, new MlsolOptions { Seed = 4, Num = 25, Neighbours = 6 }).Recipe.NewRows);
    }

    [Fact]
    public void LocalClasses_RandomDatasets_TypesAndWeightsEqualTheLiteral()
    {
        var seen = new HashSet<char>();
        for (int seed = 0; seed < 200; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed);
            if (data.RowCount == 1)
                continue;
            int k = 1 + seed % 11;
            var literal = new LiteralMlsol(data, k);
            LocalClasses classes = Classes(data, k);
            Assert.Equal(literal.Weights(), classes.Weights);
            for (int row = 0; row < data.RowCount; row++)
            {
                Assert.Equal(literal.Types(row), Types(classes, data.Labels, row));
                seen.UnionWith(literal.Types(row));
            }
        }

        Assert.Equal("BMORS", string.Concat(seen.Order()));
    }

    [Fact]
    public void LocalClasses_RareInAChainToSafe_AllBecomeBorderline()
    {
        // Row 3 is SAFE (one of its four neighbours lacks the label); 2 sees 3, 1 sees 2, 0 sees 1, and no other row that has it.
        // Rows 12 and 13 see each other alone: with no SAFE or BORDERLINE entry at hand they stay RARE.
        var labels = new LabelMatrix(14, 1);
        foreach (int row in (int[])[0, 1, 2, 3, 12, 13])
            labels[row, 0] = true;
        int[][] neighbours = [[1, 4, 5, 6], [2, 4, 5, 6], [3, 4, 5, 6], [0, 1, 2, 4], .. Enumerable.Repeat<int[]>([8, 9, 10, 11], 8), [13, 4, 5, 6], [12, 4, 5, 6]];
        var classes = new LocalClasses(labels, neighbours, TestContext.Current.CancellationToken);
        Assert.Equal("BBBSMMMMMMMMRR", string.Concat(Enumerable.Range(0, 14).Select(row => Types(classes, labels, row))));
    }

    [Fact]
    public void LocalClasses_ZeroIsTheRarerValue_ZerosHaveTypes()
    {
        // The label is rare as "0": rows 0 and 1 at one place, all others far away have it.
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x")], 1, [[0, 0], [0.1, 0], [5, 1], [6, 1], [7, 1], [8, 1]]);
        LocalClasses classes = Classes(data, 1);
        Assert.Equal(["S", "S", "M", "M", "M", "M"], Enumerable.Range(0, 6).Select(row => Types(classes, data.Labels, row)));
    }

    [Fact]
    public void LocalClasses_HalfOfTheRows_OneIsTheRarerValue()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x")], 1, [[0, 0], [0.1, 0], [5, 1], [5.1, 1]]);
        LocalClasses classes = Classes(data, 1);
        Assert.Equal(["M", "M", "S", "S"], Enumerable.Range(0, 4).Select(row => Types(classes, data.Labels, row)));
    }

    [Theory]
    [InlineData('S', 0.5, true), InlineData('S', 0.501, false)]
    [InlineData('B', 0.75, true), InlineData('B', 0.751, false)]
    [InlineData('R', 1.0, true), InlineData('R', 0.0, true)]
    [InlineData('O', 0.0, false), InlineData('O', 1.0, false)]
    public void LabelTransfer_EachType_PassesOnUpToItsReach(char type, double cd, bool passed)
    {
        // Row 0 has the label, which is rarer as "1", and the type asked for among its four neighbours; row 10 lacks it.
        double share = type switch { 'S' => 0.25, 'B' => 0.5, 'R' => 0.75, _ => 1 };
        var labels = new LabelMatrix(12, 1);
        labels[0, 0] = labels[1, 0] = labels[2, 0] = labels[3, 0] = true;
        int alike = (int)((1 - share) * 4);
        int[] near = [.. new[] { 1, 2, 3 }.Take(alike), .. new[] { 4, 5, 6, 7 }.Take(4 - alike)];
        int[] far = [8, 9, 10, 11];
        int[][] neighbours = [near, .. Enumerable.Repeat(far, 11)];
        var classes = new LocalClasses(labels, neighbours, TestContext.Current.CancellationToken);
        var transfer = new LabelTransfer(labels, classes);
        var made = new LabelMatrix(2, 1);
        transfer.Write(0, 10, cd, made.WritableRowWords(0));
        transfer.Write(10, 0, 1 - cd, made.WritableRowWords(1));
        Assert.Equal((passed, passed), (made[0, 0], made[1, 0]));
    }

    [Theory, InlineData(0.3, null, 36), InlineData(2.5, null, 300), InlineData(0.3, 7, 7)]
    public void Run_Amount_IsExact(double rate, int? num, int expected)
    {
        ResamplingResult result = Literal.Run(TestData.Numeric(), new MlsolOptions { Seed = 1, Rate = rate, Num = num });
        Assert.Equal(expected, result.Recipe.NewRows.Count);
        Assert.Equal(expected, result.Report.Recipe!.Requested);
        NewRowChecks.AssertUsable(TestData.Numeric(), result.Recipe.NewRows);
    }

    [Theory]
    [InlineData(new[] { "10" }, 3, "a single row has no neighbours")]
    [InlineData(new[] { "10", "10", "10" }, 3, "nothing was done: each label has the same value in all rows, so no value is rarer than the other")]
    [InlineData(new[] { "00", "00" }, 3, "nothing was done: no row has a label, so there is nothing to balance")]
    [InlineData(new[] { "1", "0", "0" }, 3, "all neighbours have that value or none has, and all other rows are neighbours already")]
    [InlineData(new[] { "1", "0", "0", "0", "0", "0", "0" }, 3, "all neighbours have that value or none has; a larger --neighbours may change that")]
    [InlineData(new[] { "10", "01", "01" }, 0, "--num is 0")]
    [InlineData(new[] { "10", "01", "01" }, null, "less than one row")]
    public void Run_NothingToDo_SaysWhy(string[] sets, int? num, string reason)
    {
        ResamplingResult result = Literal.Run(Literal.OfLabels(sets), new MlsolOptions { Seed = 1, Num = num });
        Assert.Equal(0, result.Recipe.NewRows.Count);
        Assert.Contains(reason, Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Hierarchy_NewRowsHoldIt()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 0, hierarchy: true);
            NewRowChecks.AssertUsable(data, Literal.Run(data, new MlsolOptions { Seed = seed, Num = 20 }).Recipe.NewRows);
        }
    }

    private static LocalClasses Classes(MultiLabelDataset data, int k)
    {
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
        Neighbour[][] found = search.Find(Literal.AllRows(data), null, k, TestContext.Current.CancellationToken);
        return new LocalClasses(data.Labels, [.. found.Select(list => list.Select(neighbour => neighbour.Row).ToArray())], TestContext.Current.CancellationToken);
    }

    private static string Types(LocalClasses classes, LabelMatrix labels, int row) => string.Concat(Enumerable.Range(0, labels.LabelCount).Select(label =>
        classes.Safe[row, label] ? 'S' : classes.Borderline[row, label] ? 'B' : classes.Rare[row, label] ? 'R' : classes.Outlier[row, label] ? 'O' : 'M'));
}
