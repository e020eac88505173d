using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mltl;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mltl;

public sealed class MltlTests
{
    [Theory, InlineData(MltlMode.Mutual), InlineData(MltlMode.Authors)]
    public void Run_RandomDatasets_AgreesWithLiteral(MltlMode mode)
    {
        int dropped = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            var options = new MltlOptions
            {
                Seed = seed,
                Mode = mode,
                Neighbours = 1 + seed % 7,
                Threshold = seed % 3 == 0 ? null : seed % 10 / 10.0,
                ProtectMinority = seed % 4 < 2,
                JaccardDenominator = seed % 5 == 0,
                Threads = 1 + seed / 2 % 2,
            };
            int[] expected = LiteralMltl.Dropped(data, options);
            if (expected.Length == data.RowCount)
            {
                Assert.Throws<AemloInputException>(() => Literal.Run(data, options));
                continue;
            }

            ResamplingResult result = Literal.Run(data, options);
            Assert.Equal(Literal.AllRows(data).Except(expected), result.Recipe.KeptRows!);
            Assert.Equal(expected.Length, result.Report.Recipe!.Requested);
            Assert.Equal(expected.Length == 0 ? 1 : 0, result.Report.Warnings.Count);
            Assert.Equal(0, result.Recipe.NewRows.Count);
            dropped += expected.Length;
        }

        Assert.True(dropped > 100, $"{dropped}");
    }

    [Fact]
    public void Run_ClassicalLink_FrequentRowGoes()
    {
        // On a line: row 4 (rare) and row 3 (frequent) are each other's nearest; row 5 is rare and alone with itself far away.
        MultiLabelDataset data = OnALine((0, "10"), (1, "10"), (2.1, "10"), (5, "10"), (5.5, "01"), (9, "01"), (9.2, "01"));
        Assert.Equal([0, 1, 2, 4, 5, 6], Literal.Run(data, new MltlOptions { Seed = 1, Neighbours = 1 }).Recipe.KeptRows!);
    }

    [Fact]
    public void Run_NeighbourThatIsNotMutual_StaysUnlessAuthors()
    {
        // Row 3's nearest is the rare row 4, whose nearest is the rare row 5: no link, though the authors' program takes row 3.
        MultiLabelDataset data = OnALine((0, "10"), (0.1, "10"), (0.2, "10"), (3, "10"), (4, "01"), (4.5, "01"));
        Assert.Equal(6, Literal.Run(data, new MltlOptions { Seed = 1, Neighbours = 1 }).Recipe.KeptRows!.Length);
        Assert.Equal([0, 1, 2, 4, 5], Literal.Run(data, new MltlOptions { Seed = 1, Neighbours = 1, Mode = MltlMode.Authors }).Recipe.KeptRows!);
    }

    [Fact]
    public void Run_RowWithRareAndFrequentLabel_ProtectedUnlessAsPublished()
    {
        // Row 4 has both labels; its nearest has neither of them in common enough: 1 of 3 and 2 of 2.
        MultiLabelDataset data = OnALine((0, "100"), (0.1, "100"), (0.2, "100"), (3, "001"), (3.2, "110"), (9, "001"), (9.1, "001"));
        var authors = new MltlOptions { Seed = 1, Neighbours = 1, Mode = MltlMode.Authors };
        Assert.Contains(4, Literal.Run(data, authors).Recipe.KeptRows!);
        Assert.DoesNotContain(4, Literal.Run(data, authors with { ProtectMinority = false }).Recipe.KeptRows!);
    }

    [Fact]
    public void Run_JaccardDenominator_CountsSharedLabelsOnce()
    {
        // Sets {0} and {0, 1}: 1/3 over the sum of sizes, 1/2 over the union.
        MultiLabelDataset data = OnALine((0, "10"), (0.1, "10"), (5, "10"), (5.1, "11"));
        var options = new MltlOptions { Seed = 1, Neighbours = 1, Threshold = 0.4 };
        Assert.Equal(4, Literal.Run(data, options).Recipe.KeptRows!.Length);
        Assert.Equal([0, 1, 3], Literal.Run(data, options with { JaccardDenominator = true }).Recipe.KeptRows!);
    }

    [Fact]
    public void Run_AllRowsAlike_TiesGoToTheLowerRow()
    {
        // Every row's two neighbours are the first two others: rare rows 4 and 5 are nobody's, so there is no mutual pair.
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x"), DataAttribute.Nominal("c", "a", "b")], 2, [[3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 1, 0], [3, 1, 0, 1], [3, 1, 1, 1], [3, 1, 1, 0]]);
        Assert.Equal(Literal.AllRows(data), Literal.Run(data, new MltlOptions { Seed = 1, Neighbours = 2 }).Recipe.KeptRows!);
        Assert.Equal([4, 5], Literal.Run(data, new MltlOptions { Seed = 1, Neighbours = 6 }).Recipe.KeptRows!);
    }

    [Theory]
    [InlineData(1.5, 0.0, 0.5), InlineData(4.0, 0.0, 0.3), InlineData(11.0, 0.0, 0.3), InlineData(11.2, 0.0, 0.15), InlineData(200.0, 0.1, 0.15), InlineData(200.0, 0.31, 0.5)]
    public void LabelThreshold_MeanIRAndScumble_FollowTheRule(double meanIR, double scumble, double expected) =>
        Assert.Equal(expected, LabelThreshold.Of(new ImbalanceReport(10, 1, 0.1, meanIR, 0, scumble, 1, [])));

    [Fact]
    public void Run_EveryRowLinked_ThrowsAndSaysWhatToDo()
    {
        MultiLabelDataset data = OnALine((0, "10"), (0.1, "01"), (5, "10"), (5.1, "01"), (9, "11"));
        var all = new MltlOptions { Seed = 1, Neighbours = 1, Mode = MltlMode.Authors, ProtectMinority = false, Threshold = 0 };
        ResamplingResult equal = Literal.Run(data, all);
        Assert.Contains("no label is a minority label", Assert.Single(equal.Report.Warnings), StringComparison.Ordinal);

        ResamplingResult none = Literal.Run(Literal.OfLabels("00", "00"), all);
        Assert.Equal("nothing was done: no row has a label, so there is nothing to balance", Assert.Single(none.Report.Warnings));

        MultiLabelDataset linked = OnALine((0, "100"), (0.1, "110"), (5, "100"), (5.1, "101"), (5.2, "100"));
        AemloInputException thrown = Assert.Throws<AemloInputException>(() => Literal.Run(linked, all));
        Assert.Contains("--threshold above 0", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneRow_NothingDone()
    {
        ResamplingResult result = Literal.Run(OnALine((0, "11")), new MltlOptions { Seed = 1 });
        Assert.Equal([0], result.Recipe.KeptRows!);
        Assert.Single(result.Report.Warnings);
    }

    [Fact]
    public void Run_Mutual_KeepsRareRowsAndLargerThresholdRemovesFewer()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed);
            HashSet<int>? kept = null;
            for (int tenths = 0; tenths <= 10; tenths += 2)
            {
                ResamplingResult result = Literal.Run(data, new MltlOptions { Seed = seed, Threshold = tenths / 10.0 });
                Assert.All(result.Before.Labels.Zip(result.After.Labels), pair => Assert.True(!pair.First.IsMinority || pair.Second.Positives == pair.First.Positives));
                Assert.True(kept is null || kept.IsSubsetOf(result.Recipe.KeptRows!));
                kept = [.. result.Recipe.KeptRows!];
            }

            Assert.Equal(data.RowCount, kept!.Count);
        }
    }

    private static MultiLabelDataset OnALine(params (double Place, string Set)[] rows) =>
        TestData.Literal([DataAttribute.Numeric("x")], rows[0].Set.Length, [.. rows.Select(row => (double[])[row.Place, .. row.Set.Select(bit => bit == '1' ? 1.0 : 0.0)])]);
}
