using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Training;

[Collection(TorchCollection.Name)]
public class DeterminismTests
{
    public static TheoryData<string, int> Runs()
    {
        var data = new TheoryData<string, int>();
        foreach (string preset in AemloPresets.Names)
        {
            data.Add(preset, 1);
            data.Add(preset, 2);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_TwiceInOneProcess_GivesTheSameRowsAndReport(string preset, int threads)
    {
        MultiLabelDataset data = TestData.Numeric(rows: 300, features: 40, labels: 6, rare: 12);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Get(preset)) with { Threads = threads, Latent = 96, Hidden = 80, Num = 50 };
        OversamplingResult first = AemloOversampler.Run(data, options, null, TestContext.Current.CancellationToken);
        OversamplingResult second = AemloOversampler.Run(data, options, null, TestContext.Current.CancellationToken);
        Assert.Equal(Rows(first), Rows(second));
        Assert.Equal(WithoutTimes(first), WithoutTimes(second));
    }

    [Fact]
    public void Run_OtherSeed_GivesOtherRows()
    {
        MultiLabelDataset data = TestData.Numeric();
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default) with { Num = 10 };
        Assert.NotEqual(
            Rows(AemloOversampler.Run(data, options with { Seed = 1 }, null, TestContext.Current.CancellationToken)),
            Rows(AemloOversampler.Run(data, options with { Seed = 2 }, null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Run_WithoutSeed_ReportsOneThatRepeatsTheRun()
    {
        MultiLabelDataset data = TestData.Numeric();
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default) with { Num = 10, Seed = null };
        OversamplingResult drawn = AemloOversampler.Run(data, options, null, TestContext.Current.CancellationToken);
        OversamplingResult again = AemloOversampler.Run(data, options with { Seed = drawn.Report.Seed }, null, TestContext.Current.CancellationToken);
        Assert.Equal(Rows(drawn), Rows(again));
    }

    [Theory]
    [InlineData("default", 1)]
    [InlineData("paper", 2)]
    [InlineData("published", 5)]
    public void Train_StoppedAndResumed_EndsWithTheSameModel(string preset, int stopAfter)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Numeric(rows: 200, features: 12);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Get(preset)) with { Epochs = 7 };
        using AemloModel whole = AemloTrainer.Train(data, options, cancellationToken: TestContext.Current.CancellationToken);

        var checkpoint = new CheckpointPolicy(folder.File("run.checkpoint"), everyEpochs: 1);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => AemloTrainer.Train(data, options, new StopAfter(stopAfter, stop), checkpoint, stop.Token));
        var epochs = new List<EpochReport>();
        using AemloModel resumed = AemloTrainer.Train(data, options, new OversamplerTests.Collect(epochs), checkpoint, TestContext.Current.CancellationToken);

        Assert.Equal(stopAfter + 1, epochs[0].Epoch);
        Assert.Equal(Weights(whole), Weights(resumed));
        Assert.Equal(whole.Thresholds, resumed.Thresholds);
        Assert.Equal(whole.Training.Epochs, resumed.Training.Epochs);
        Assert.Equal(whole.Training.KeptEpoch, resumed.Training.KeptEpoch);
    }

    [Fact]
    public void Train_CheckpointOfOtherOptionsOrData_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Numeric();
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default);
        var checkpoint = new CheckpointPolicy(folder.File("run.checkpoint"));
        AemloTrainer.Train(data, options, null, checkpoint, TestContext.Current.CancellationToken).Dispose();
        var other = Assert.Throws<AemloModelFormatException>(() => AemloTrainer.Train(data, options with { Alpha = 2 }, null, checkpoint, TestContext.Current.CancellationToken));
        Assert.Contains("--alpha 1, not 2", other.Message, StringComparison.Ordinal);
        other = Assert.Throws<AemloModelFormatException>(() => AemloTrainer.Train(TestData.Numeric(seed: 9), options, null, checkpoint, TestContext.Current.CancellationToken));
        Assert.Contains("other data", other.Message, StringComparison.Ordinal);
        other = Assert.Throws<AemloModelFormatException>(() => AemloTrainer.Train(data, options with { Epochs = 2 }, null, checkpoint, TestContext.Current.CancellationToken));
        Assert.Contains("4 epochs behind it, more than the 2 asked for", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no checkpoint")]
    public void Train_DamagedCheckpoint_IsRefusedWithItsName(string content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.checkpoint", content);
        var refusal = Assert.Throws<AemloModelFormatException>(() => AemloTrainer.Train(TestData.Numeric(), OversamplerTests.Small(AemloPresets.Default), null, new CheckpointPolicy(path), TestContext.Current.CancellationToken));
        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
    }

    internal static double[] Rows(OversamplingResult result)
    {
        var rows = result.Recipe.NewRows;
        var cells = new List<double>();
        for (int row = 0; row < rows.Count; row++)
        {
            var values = new double[rows.Features.ColumnCount];
            rows.Features.CopyRow(row, values);
            cells.AddRange(values);
            for (int label = 0; label < rows.Labels.LabelCount; label++)
                cells.Add(rows.Labels[row, label] ? 1 : 0);
        }

        return [.. cells];
    }

    private static string WithoutTimes(OversamplingResult result) =>
        (result.Report with { Seconds = new(0, 0, 0) }).ToJson();

    private static float[] Weights(AemloModel model) => model.Network.Parameters.Values.data<float>().ToArray();

    private sealed class StopAfter(int epochs, CancellationTokenSource stop) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            if (value.Epoch == epochs)
                stop.Cancel();
        }
    }
}
