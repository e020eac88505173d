using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Training;

/// <summary>Data that did not come through the ARFF reader is checked at the door of the method.</summary>
public class UsableDataTests
{
    private static readonly DataAttribute[] Features = [DataAttribute.Numeric("a"), DataAttribute.Nominal("colour", "red", "blue")];

    [Theory]
    [InlineData(double.PositiveInfinity, 0, "row 2: attribute 'a' is +infinity")]
    [InlineData(double.NegativeInfinity, 0, "row 2: attribute 'a' is -infinity")]
    [InlineData(1, 2, "row 2: attribute 'colour' has code 2, but its values are numbered 0 to 1")]
    [InlineData(1, 0.5, "row 2: attribute 'colour' has code 0.5")]
    public void Run_ValueThatIsNone_NamesRowAndAttribute(double number, double code, string message) =>
        Assert.StartsWith(message, Refusal(TestData.Literal(Features, 1, [[1, 0, 0], [number, code, 1]])), StringComparison.Ordinal);

    [Fact]
    public void Run_NoFeaturesOrNoLabels_SaysSo()
    {
        Assert.Contains("no features", Refusal(TestData.Literal([], 1, [[1], [0]])), StringComparison.Ordinal);
        Assert.Contains("no labels", Refusal(TestData.Literal(Features, 0, [[1, 0], [2, 1]])), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FileWithoutRows_NamesTheFile()
    {
        MultiLabelDataset empty = TestData.Literal(Features, 1, []);
        var data = new MultiLabelDataset(empty.Schema, empty.Features, empty.Labels, null, new ArffSource("empty.arff", "", IsSparse: false, "\n", null, []));
        Assert.Equal("empty.arff: the data set has no rows; there is nothing to learn from", Refusal(data));
    }

    private static string Refusal(MultiLabelDataset data) =>
        Assert.Throws<AemloInputException>(() => AemloOversampler.Run(data, AemloPresets.Default with { MinorityRule = MinorityRule.All })).Message;
}
