using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Imbalance;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Tests.TestSupport;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Protocol.Tests.Reports;

public sealed class ReportContractTests
{
    private static readonly EpochReport Epoch = new(3, 50, new Aemlo.Losses.LossTerms(1, 2, 3, 4, 5, 6, 7, double.NaN), 0.25, true, 1234.5, TimeSpan.FromMilliseconds(1500), TimeSpan.FromDays(2));

    [Fact]
    public void Imbalance_ThereAndBack_IsTheSame()
    {
        Data.MultiLabelDataset data = TestData.Mixed();
        Imbalance.ImbalanceReport report = ImbalanceMeasures.Compute(data.Schema, data.Labels, AemloPresets.Default);
        Imbalance.ImbalanceReport back = ImbalanceContract.FromMessage(Transfer.Copy(ImbalanceContract.ToMessage(report)));
        Assert.Equal(report.Labels, back.Labels);
        Assert.Equal(report, back with { Labels = report.Labels });
        Assert.Contains(report.Labels, label => label.IsMinority);
    }

    /// <summary>No row has any label: everything is infinite or undefined, and travels as such.</summary>
    [Fact]
    public void Imbalance_InfiniteAndUndefinedFigures_Travel()
    {
        Imbalance.ImbalanceReport report = ImbalanceMeasures.Compute(new Data.LabelMatrix(3, 1), ["y"], MinorityRule.All, 10);
        Imbalance.ImbalanceReport back = ImbalanceContract.FromMessage(Transfer.Copy(ImbalanceContract.ToMessage(report)));
        Assert.Equal((double.NaN, double.PositiveInfinity, double.PositiveInfinity), (back.MeanIR, back.Labels[0].ImR, back.Labels[0].IRLbl));
    }

    [Fact]
    public void Imbalance_CountThatDoesNotFit_IsRefused()
    {
        Refused.At("report.row_count", "is more than", () => ImbalanceContract.FromMessage(new Protocol.V1.ImbalanceReport { RowCount = 1UL << 31 }));
        Refused.At("report.labels[0].positives", "is more than", () => ImbalanceContract.FromMessage(new Protocol.V1.ImbalanceReport { Labels = { new Protocol.V1.LabelImbalance { Positives = ulong.MaxValue } } }));
    }

    [Fact]
    public void Progress_ThereAndBack_IsTheSame()
    {
        EpochProgress message = Transfer.Copy(ProgressContract.ToMessage(Epoch, "cuda:0"));
        Assert.Equal("cuda:0", message.Device);
        Assert.Equal(Epoch, ProgressContract.FromMessage(message));
    }

    [Fact]
    public void Progress_TimeBeyondWhatADurationHolds_IsTheLongestOne() =>
        Assert.Equal(TimeSpan.FromSeconds(315_576_000_000), ProgressContract.FromMessage(ProgressContract.ToMessage(Epoch with { Remaining = TimeSpan.MaxValue }, "cpu")).Remaining);

    public static TheoryData<string, Action<EpochProgress>> Wrong { get; } = new()
    {
        { "progress.losses", progress => progress.Losses = null },
        { "progress.epoch", progress => progress.Epoch = uint.MaxValue },
        { "progress.epochs", progress => progress.Epochs = uint.MaxValue },
        { "progress.elapsed", progress => progress.Elapsed = new Duration { Seconds = long.MaxValue } },
        { "progress.remaining", progress => progress.Remaining = new Duration { Nanos = int.MaxValue } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Progress_OneThingWrong_NamesTheField(string field, Action<EpochProgress> damage)
    {
        EpochProgress message = ProgressContract.ToMessage(Epoch, "cpu");
        damage(message);
        Refused.At(field, "", () => ProgressContract.FromMessage(message));
    }

    [Fact]
    public void Progress_TimesLeftOut_AreZero()
    {
        EpochProgress message = ProgressContract.ToMessage(Epoch, "cpu");
        (message.Elapsed, message.Remaining) = (null, null);
        Assert.Equal(Epoch with { Elapsed = TimeSpan.Zero, Remaining = TimeSpan.Zero }, ProgressContract.FromMessage(message));
    }
}
