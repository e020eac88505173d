using System.Text;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using ImbalanceReport = AemloBridge.Imbalance.ImbalanceReport;
using LabelImbalance = AemloBridge.Imbalance.LabelImbalance;
using LossTerms = AemloBridge.Aemlo.Losses.LossTerms;

namespace AemloBridge.Protocol.Tests.Reports;

/// <summary>Reports on the wire fit into a message, and are whole again with what travels beside them.</summary>
public sealed class ShortenedReportTests
{
    [Theory]
    [InlineData("oversample", 10, 5, 3)]
    [InlineData("oversample", 400_000, 5, 3)]
    [InlineData("oversample", 10, 5, 20_000)]
    [InlineData("generate", 400_000, 5, 3)]
    public void Shorten_ManyRowsOrLabels_FitsAMessageAndIsWholeAgain(string command, int rows, int epochs, int labels)
    {
        RunReport report = Report(command, rows, epochs, labels);

        RunReport sent = ReportContract.Shorten(report);
        JobReport message = Message(sent, labels);

        Assert.True(Encoding.UTF8.GetByteCount(message.ReportJson) <= ReportContract.MaxBytes);
        Assert.Equal(report.ToJson(), ReportContract.FromMessage(message, Rows(rows)).ToJson());
    }

    [Fact]
    public void Shorten_ManyEpochs_ListsSomeWithTheLastAndTheKeptAndSaysSo()
    {
        RunReport report = Report("oversample", 10, 100_001, 3) with { KeptEpoch = 77_778 };

        RunReport sent = ReportContract.Shorten(report);
        RunReport back = ReportContract.FromMessage(Message(sent, 3), Rows(10));

        Assert.True(Encoding.UTF8.GetByteCount(ReportContract.ToJson(sent)) is > ReportContract.MaxBytes / 4 and <= ReportContract.MaxBytes);
        Assert.Equal((1, 100_001), (back.Epochs[0].Epoch, back.Epochs[^1].Epoch));
        Assert.Contains(back.Epochs, epoch => epoch.Epoch == 77_778);
        Assert.All(back.Epochs, epoch => Assert.Equal(report.Epochs[epoch.Epoch - 1], epoch));
        Assert.Contains("of its 100001 epochs", Assert.Single(back.Warnings));
        Assert.Equal(report.Before!.Labels, back.Before!.Labels);
    }

    private static JobReport Message(RunReport sent, int labels) => new()
    {
        ReportJson = ReportContract.ToJson(sent),
        Before = ImbalanceContract.ToMessage(Imbalance(labels)),
        After = ImbalanceContract.ToMessage(Imbalance(labels)),
    };

    private static RunReport Report(string command, int rows, int epochs, int labels) => new(
        command,
        "aemlo",
        "1",
        "0.107.0",
        "2.10.0",
        ".NET",
        new Dictionary<string, string> { ["epochs"] = "5" },
        7,
        "cpu",
        1,
        null,
        [.. Enumerable.Range(1, epochs).Select(epoch => new EpochRecord(epoch, new LossTerms(1.0 / epoch, 2, 3, 4, 5, 6, 7, 8), 1.0 / 3))],
        1,
        0,
        new Dictionary<string, double> { ["y"] = double.PositiveInfinity },
        new RecipeRecord(100, 0, 0, 0, rows, rows),
        new SyntheticRecord(rows, rows, rows, new GenerationStatistics(1, 2, 0.25, 3, 4, 5, 6), Rows(rows).SeedRows, Rows(rows).NeighbourRows),
        command == "generate" ? null : Imbalance(labels),
        command == "generate" ? null : Imbalance(labels),
        [],
        new RunTimes(1, 2, 3));

    private static SyntheticRows Rows(int count) => new(
        FeatureMatrix.Dense(count, 1, new double[count]),
        new LabelMatrix(count, 1),
        null,
        [.. Enumerable.Range(100_000, count)],
        [.. Enumerable.Range(99_999, count)]);

    private static ImbalanceReport Imbalance(int labels) =>
        new(40, 1, 0.5, 2, 0.25, 0.125, 4, [.. Enumerable.Range(1, labels).Select(label => new LabelImbalance($"a label with a name {label}", label, 100.0 / label, double.PositiveInfinity, true))]);
}
