using AemloBridge.Cli.Output;
using AemloBridge.Imbalance;

namespace AemloBridge.Cli.Tests.Output;

public class BeforeAfterTablesTests
{
    [Fact]
    public void Shown_FewLabels_AreAllInTheirOwnOrder() =>
        Assert.Equal(Enumerable.Range(0, 5), BeforeAfterTables.Shown(Report(5)));

    [Fact]
    public void Shown_ManyLabels_AreTheMinorityLabelsThenTheHighestIRLbl()
    {
        int[] shown = BeforeAfterTables.Shown(Report(60, minority: 3));

        Assert.Equal(BeforeAfterTables.MostLabels, shown.Length);
        Assert.Equal(3, shown[0]);
        Assert.Equal(Enumerable.Range(0, 19).Select(rank => 59 - rank), shown[1..]);
    }

    [Fact]
    public void Write_ManyLabels_SaysHowManyAreLeftOut()
    {
        var output = new StringWriter();

        BeforeAfterTables.Write(output, Report(60), Report(60));

        Assert.Contains("(20 of 60 labels,", output.ToString());
    }

    /// <summary>Labels with IRLbl rising by their position.</summary>
    private static ImbalanceReport Report(int labels, int minority = -1) => new(
        100,
        1,
        0.1,
        2,
        0.5,
        0.1,
        10,
        [.. Enumerable.Range(0, labels).Select(label => new LabelImbalance($"L{label}", 5, 19, label + 1, label == minority))]);
}
