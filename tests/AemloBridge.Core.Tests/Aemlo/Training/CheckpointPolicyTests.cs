using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Training;

[Collection(TorchCollection.Name)]
public class CheckpointPolicyTests
{
    private static readonly AemloOptions Options = OversamplerTests.Small(AemloPresets.Default) with { Epochs = 7, Num = 25 };

    [Fact]
    public void Run_StoppedAndResumed_GivesTheSameRows()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Mixed();
        double[] whole = DeterminismTests.Rows(AemloOversampler.Run(data, Options, null, TestContext.Current.CancellationToken));

        var saved = new List<int>();
        var checkpoint = new CheckpointPolicy(folder.File("run.checkpoint"), everyEpochs: 2) { Saved = saved.Add };
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => AemloOversampler.Run(data, Options, new Each(report => Cancel(report, 5)), checkpoint, stop.Token));
        Assert.Equal([2, 4], saved);
        Assert.Equal(4, CheckpointPolicy.SavedEpochs(checkpoint.Path));

        var epochs = new List<int>();
        OversamplingResult resumed = AemloOversampler.Run(data, Options, new Each(report => epochs.Add(report.Epoch)), checkpoint, TestContext.Current.CancellationToken);
        Assert.Equal([5, 6, 7], epochs);
        Assert.Equal([2, 4, 6, 7], saved);
        Assert.Equal(whole, DeterminismTests.Rows(resumed));

        void Cancel(EpochReport report, int at)
        {
            if (report.Epoch == at)
                stop.Cancel();
        }
    }

    [Fact]
    public void Train_IntervalThatDoesNotPass_WritesNothing()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new CheckpointPolicy(folder.File("run.checkpoint"), everyEpochs: 1) { Interval = TimeSpan.FromHours(1) };
        AemloTrainer.Train(TestData.Numeric(), Options, null, checkpoint, TestContext.Current.CancellationToken).Dispose();
        Assert.False(File.Exists(checkpoint.Path));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("header")]
    [InlineData("tensor")]
    [InlineData("cut")]
    public void Train_DiscardingADamagedCheckpoint_TrainsFromTheBeginning(string damage)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Numeric();
        string path = folder.File("run.checkpoint");
        using (AemloTrainer.Train(data, Options, null, new CheckpointPolicy(path, everyEpochs: 1), TestContext.Current.CancellationToken))
            Damage(path, damage);

        var refused = Assert.Throws<AemloModelFormatException>(() => AemloTrainer.Train(data, Options, null, new CheckpointPolicy(path), TestContext.Current.CancellationToken));
        Assert.StartsWith(path, refused.Message, StringComparison.Ordinal);
        var why = new List<string>();
        var epochs = new List<int>();
        var discarding = new CheckpointPolicy(path, everyEpochs: 1) { DiscardUnusable = true, Discarded = why.Add };
        AemloTrainer.Train(data, Options, new Each(report => epochs.Add(report.Epoch)), discarding, TestContext.Current.CancellationToken).Dispose();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], epochs);
        Assert.Single(why);
        Assert.Equal(7, CheckpointPolicy.SavedEpochs(path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no checkpoint at all")]
    public void SavedEpochs_NothingThatCanBeUsed_IsZero(string? content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("run.checkpoint");
        if (content is not null)
            folder.Write("run.checkpoint", content);
        Assert.Equal(0, CheckpointPolicy.SavedEpochs(path));
    }

    private static void Damage(string path, string how)
    {
        byte[] bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "empty":
                bytes = [];
                break;
            case "header":
                bytes[20] = (byte)'{';
                break;
            case "tensor":
                bytes[^5] ^= 1;
                break;
            default:
                bytes = bytes[..^7];
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private sealed class Each(Action<EpochReport> action) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => action(value);
    }
}
