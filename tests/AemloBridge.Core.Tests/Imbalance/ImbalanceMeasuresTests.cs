using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Imbalance;

namespace AemloBridge.Tests.Imbalance;

public class ImbalanceMeasuresTests
{
    [Fact]
    public void Compute_SmallMatrix_EqualsValuesWorkedOutByHand()
    {
        // Label a in rows 0 to 3, b in rows 0 and 1, c in none.
        var labels = new LabelMatrix(5, 3) { [0, 0] = true, [1, 0] = true, [2, 0] = true, [3, 0] = true, [0, 1] = true, [1, 1] = true };
        ImbalanceReport report = ImbalanceMeasures.Compute(labels, ["a", "b", "c"], MinorityRule.Irlbl, 10);
        Assert.Equal(6.0 / 5, report.Cardinality, 1e-12);
        Assert.Equal(6.0 / 15, report.Density, 1e-12);
        Assert.Equal([1, 2, double.PositiveInfinity], report.Labels.Select(label => label.IRLbl));
        Assert.Equal([4, 1.5, double.PositiveInfinity], report.Labels.Select(label => label.ImR));
        Assert.Equal(1.5, report.MeanIR, 1e-12);
        // Sample deviation of 1 and 2 is √½.
        Assert.Equal(Math.Sqrt(0.5) / 1.5, report.Cvir, 1e-12);
        // Rows 0 and 1 hold IRLbl 1 and 2: 1 − √2 / 1.5 each; the others 0.
        Assert.Equal(2 * (1 - Math.Sqrt(2) / 1.5) / 5, report.Scumble, 1e-12);
        Assert.Equal([false, true, false], report.Labels.Select(label => label.IsMinority));
        Assert.Equal(2, report.MinorityRows);
    }

    [Theory]
    [InlineData(MinorityRule.ImrAndIrlbl, 10, 1)]
    [InlineData(MinorityRule.ImrAndIrlbl, 200, 0)]
    [InlineData(MinorityRule.Irlbl, 10, 1)]
    [InlineData(MinorityRule.All, 10, 4)]
    public void MinorityLabels_EachRule_CountsAsDefined(MinorityRule rule, double cut, int expected) =>
        Assert.Equal(expected, ImbalanceMeasures.MinorityLabels(TestData.Numeric().Labels, rule, cut).Count(flag => flag));

    [Fact]
    public void Compute_NoLabelInAnyRow_HasNoMean()
    {
        ImbalanceReport report = ImbalanceMeasures.Compute(new LabelMatrix(3, 2), ["a", "b"], MinorityRule.ImrAndIrlbl, 10);
        Assert.True(double.IsNaN(report.MeanIR));
        Assert.Equal(0, report.MinorityRows);
        Assert.Equal(0, report.Scumble);
    }

    [Fact]
    public void MinorityRows_LabelsBeyondTheFirstWord_AreFound()
    {
        var labels = new LabelMatrix(3, 130) { [1, 129] = true, [2, 64] = true, [0, 63] = true };
        var minority = new bool[130];
        minority[129] = minority[64] = true;
        Assert.Equal([1, 2], ImbalanceMeasures.MinorityRows(labels, minority));
    }
}
