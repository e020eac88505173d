using System.Globalization;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Tests.Aemlo;

/// <summary>Data that is odd but allowed gives rows or a sentence, never a crash.</summary>
[Collection(TorchCollection.Name)]
public class DegenerateInputTests
{
    private static readonly DataAttribute[] TwoNumbers = [DataAttribute.Numeric("a"), DataAttribute.Numeric("b")];

    public static TheoryData<string> Presets => [.. AemloPresets.Names];

    [Fact]
    public void Run_NoMinorityLabel_MakesNothingAndNamesTheNearestLabels()
    {
        MultiLabelDataset data = TestData.Numeric(rare: 20);
        OversamplingResult result = Run(data, AemloPresets.Default);
        Assert.Equal(0, result.Recipe.NewRows.Count);
        string warning = Assert.Single(result.Report.Warnings);
        Assert.Contains("no row has a minority label", warning, StringComparison.Ordinal);
        Assert.Contains("--minority-rule", warning, StringComparison.Ordinal);
        Assert.Contains("'y3'", warning, StringComparison.Ordinal);
        Assert.Empty(result.Report.Epochs);
    }

    [Fact]
    public void Run_NoMinorityLabelUnderAll_MakesRows() =>
        Assert.Equal(12, Run(TestData.Numeric(rare: 50), AemloPresets.Default with { MinorityRule = MinorityRule.All, Rate = 0.1 }).Recipe.NewRows.Count);

    [Theory]
    [InlineData(0.001, null, "a rate of 0.001 of 120 rows is less than one row")]
    [InlineData(0.3, 0, "--num is 0")]
    public void Run_NothingAskedFor_SaysSo(double rate, int? num, string sentence)
    {
        OversamplingResult result = Run(TestData.Numeric(), AemloPresets.Default with { Rate = rate, Num = num });
        Assert.Equal(0, result.Recipe.NewRows.Count);
        Assert.Contains(sentence, Assert.Single(result.Report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_LabelsWithoutOrWithOnlyPositives_AreWarnedAbout(string preset)
    {
        MultiLabelDataset data = TestData.Literal(TwoNumbers, 4, [.. Enumerable.Range(0, 60).Select(row =>
            new double[] { row, row % 7, 0, 1, row < 3 ? 1 : 0, row % 2 })]);
        OversamplingResult result = Run(data, AemloPresets.Get(preset) with { Num = 5 });
        bool half = preset == AemloPresets.PublishedName;
        Assert.Contains(result.Report.Warnings, warning => warning == (half ? "label 'y0' has no positive row" : "label 'y0' has no positive row and is never predicted"));
        Assert.Contains(result.Report.Warnings, warning => warning == "label 'y1' is positive in every row");
        if (!half)
            Assert.Equal(0, result.After.Labels[0].Positives);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_ConstantAndEmptyColumns_KeepTheirValue(string preset)
    {
        DataAttribute[] features =
        [
            DataAttribute.Numeric("constant"),
            DataAttribute.Numeric("empty"),
            DataAttribute.Nominal("sameTwo", "p", "q"),
            DataAttribute.Nominal("emptyThree", "p", "q", "r"),
            DataAttribute.Nominal("one", "only"),
            DataAttribute.Numeric("x"),
        ];
        MultiLabelDataset data = TestData.Literal(features, 2, [.. Enumerable.Range(0, 60).Select(row =>
            new[] { 7.5, double.NaN, 1, double.NaN, 0, row, row < 3 ? 1 : 0, 1.0 })]);
        OversamplingResult result = Run(data, AemloPresets.Get(preset) with { Num = 6, MinorityCut = 2, LearningRate = 0.01 }, epochs: 20);
        var rows = result.Recipe.NewRows;
        Assert.NotEqual(0, rows.Count);
        for (int row = 0; row < rows.Count; row++)
        {
            Assert.Equal(7.5, rows.Features[row, 0]);
            Assert.True(double.IsNaN(rows.Features[row, 1]));
            Assert.Equal(1, rows.Features[row, 2]);
            Assert.True(double.IsNaN(rows.Features[row, 3]));
            Assert.Equal(0, rows.Features[row, 4]);
        }

        Assert.Contains(result.Report.Warnings, warning => warning.Contains("2 features have no value in any row", StringComparison.Ordinal));
        Assert.Contains(result.Report.Warnings, warning => warning.Contains("3 features hold one value only: 'constant', 'sameTwo', 'one'", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_OneFeatureOneLabel_Works(string preset)
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("a")], 1, [.. Enumerable.Range(0, 40).Select(row => new double[] { row, row < 3 ? 1 : 0 })]);
        OversamplingResult result = Run(data, AemloPresets.Get(preset) with { Num = 4, MinorityRule = MinorityRule.All, ValidationShare = 0 });
        AssertCount(result, 4, exact: preset != AemloPresets.PublishedName);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_FewerRowsThanABatch_TrainsInOneStepAndSaysSo(string preset)
    {
        MultiLabelDataset data = TestData.Numeric(rows: 14, rare: 1);
        OversamplingResult result = Run(data, AemloPresets.Get(preset) with { Num = 3, MinorityRule = MinorityRule.All });
        Assert.Contains(result.Report.Warnings, warning => warning.Contains("each epoch is a single step", StringComparison.Ordinal));
        AssertCount(result, 3, exact: preset != AemloPresets.PublishedName);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_OneOrTwoRows_Works(int rows)
    {
        MultiLabelDataset data = TestData.Literal(TwoNumbers, 2, [.. Enumerable.Range(0, rows).Select(row => new double[] { row, 1, 1, 0 })]);
        // Under the default the one minority label is copied, so that no row can come out without any.
        foreach (string preset in AemloPresets.Names)
            AssertCount(Run(data, AemloPresets.Get(preset) with { Num = 2, MinorityRule = MinorityRule.All }), 2, exact: preset == AemloPresets.DefaultName);
    }

    [Fact]
    public void Run_DuplicateRows_CountsRepeatedResults()
    {
        MultiLabelDataset data = TestData.Literal(TwoNumbers, 2, [.. Enumerable.Range(0, 50).Select(row => new double[] { row < 4 ? 3 : row, row < 4 ? 4 : row % 5, row < 4 ? 1 : 0, 1 })]);
        OversamplingResult result = Run(data, AemloPresets.Paper with { Num = 12, ValidationShare = 0 });
        // Four equal seeds through a deterministic decoder: one row, eleven repetitions.
        Assert.Equal(result.Recipe.NewRows.Count - 1, result.Generated.Statistics.Duplicates);
        Assert.Contains(result.Report.Warnings, warning => warning.Contains("repeat an earlier one exactly", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_NoRows_IsRefused()
    {
        MultiLabelDataset data = TestData.Literal(TwoNumbers, 1, []);
        Assert.Contains("no rows", Assert.Throws<AemloInputException>(() => Run(data, AemloPresets.Default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_NumbersNearTheEndsOfTheRange_StayFinite(string preset)
    {
        MultiLabelDataset data = TestData.Literal(TwoNumbers, 2, [.. Enumerable.Range(0, 40).Select(row =>
            new[] { row % 2 == 0 ? double.MaxValue : -double.MaxValue, row * 1e-300, row < 3 ? 1 : 0, 1.0 })]);
        OversamplingResult result = Run(data, AemloPresets.Get(preset) with { Num = 5 });
        AssertCount(result, 5, exact: preset == AemloPresets.DefaultName);
        Assert.NotEqual(0, result.Recipe.NewRows.Count);
        for (int row = 0; row < result.Recipe.NewRows.Count; row++)
        {
            Assert.True(double.IsFinite(result.Recipe.NewRows.Features[row, 0]));
            Assert.InRange(result.Recipe.NewRows.Features[row, 1], 0, 39e-300);
        }
    }

    [Theory]
    [InlineData(1e38, "the total term of the loss became Infinity")]
    [InlineData(1e25, "the gradient grew beyond what its squares can hold")]
    public void Train_NumbersThatOverflow_NameEpochCauseAndOption(double alpha, string cause)
    {
        AemloOptions options = OversamplerTests.Small(AemloPresets.Paper) with { Alpha = alpha, LearningRate = 1 };
        var failure = Assert.Throws<AemloTrainingException>(() => AemloTrainer.Train(TestData.Numeric(), options, cancellationToken: TestContext.Current.CancellationToken));
        Assert.InRange(failure.Epoch, 1, 4);
        Assert.StartsWith($"epoch {failure.Epoch}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
        Assert.Contains("--learning-rate", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Train_LargestWeights_EndInModelOrTrainingFailure(string preset)
    {
        AemloOptions start = OversamplerTests.Small(AemloPresets.Get(preset)) with { Epochs = 2 };
        foreach (string name in new[] { "alpha", "beta", "lambda", "lambda-structure", "cross-entropy", "ranking-epsilon" })
        {
            MethodOption<AemloOptions> option = AemloOptionCatalog.Get(name);
            AemloOptions options = option.Apply(start, option.Maximum!.Value.ToString("R", CultureInfo.InvariantCulture));
            Exception? failure = Record.Exception(() => AemloTrainer.Train(TestData.Numeric(), options, cancellationToken: TestContext.Current.CancellationToken).Dispose());
            Assert.True(failure is null or AemloTrainingException, $"--{name} {option.Maximum}: {failure}");
        }
    }

    [Fact]
    public void Train_Cancelled_StopsBeforeTheNextStep()
    {
        using var stop = new CancellationTokenSource();
        var epochs = new List<EpochReport>();
        var progress = new CancelAtFirst(stop, epochs);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default) with { Epochs = 1000 };
        Assert.ThrowsAny<OperationCanceledException>(() => AemloTrainer.Train(TestData.Numeric(), options, progress, null, stop.Token));
        Assert.Single(epochs);
    }

    private static OversamplingResult Run(MultiLabelDataset data, AemloOptions options, int epochs = 4) =>
        AemloOversampler.Run(data, OversamplerTests.Small(options) with { Epochs = epochs }, null, TestContext.Current.CancellationToken);

    /// <summary>As many rows as wanted or, where rows may decode to no label at all, a warning that says how many there are.</summary>
    private static void AssertCount(OversamplingResult result, int wanted, bool exact)
    {
        int made = result.Recipe.NewRows.Count;
        Assert.Equal(made, result.Report.Synthetic!.Made);
        if (exact || made == wanted)
            Assert.Equal(wanted, made);
        else
            Assert.Single(result.Report.Warnings, warning => warning.StartsWith($"{made} rows instead of {wanted}: ", StringComparison.Ordinal));
    }

    private sealed class CancelAtFirst(CancellationTokenSource stop, List<EpochReport> epochs) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            epochs.Add(value);
            stop.Cancel();
        }
    }
}
