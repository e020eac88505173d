using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

public sealed class NoiseClearingTests
{
    private static readonly MlboteOptions Options = new() { NoiseNeighbours = 1, NoiseLabelNeighbours = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(3.5, false), InlineData(3.53125, true), InlineData(100, true)]
    public void Find_RowFarFromItsLabel_IsClearedBeyondOneAndAHalfTimesTheLargestDistance(double place, bool cleared)
    {
        // The nearest row of the fourth one lacks its label; the others are 1 apart.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (place, "a"), (place + 0.25, ""));
        Assert.Equal(cleared ? [new LabelEdit(3, 0, false)] : [], Find(data));
    }

    [Fact]
    public void Find_RowThatAnotherHears_Stays()
    {
        // Each of the two far rows is nearest to the other one.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (100, "a"), (100.25, ""), (120.25, ""), (120.5, "a"));
        Assert.Empty(Find(data));
    }

    [Fact]
    public void Find_LabelOfFewRows_IsLeftAlone()
    {
        // knd + 1 = 2 rows with the label.
        Assert.Empty(Find(Line.Of((0, "a"), (0.25, ""), (100, "a"), (100.25, ""))));
    }

    [Fact]
    public void Find_LabelsOfOneRow_AreClearedAtOnce()
    {
        // Row 3 has both labels and is noise in both; clearing one must not make the other one look different.
        MultiLabelDataset data = Line.Of((0, "ab"), (1, "ab"), (2, "ab"), (100, "ab"), (100.25, ""));
        Assert.Equal([new LabelEdit(3, 0, false), new LabelEdit(3, 1, false)], Find(data));
    }

    [Theory, InlineData("ab", true), InlineData("a", false)]
    public void Find_ParentOfALabelThatStays_Stays(string others, bool childIsCleared)
    {
        // b is below a. Where only the far row has b, b has too few rows to be noise.
        MultiLabelDataset flat = Line.Of((0, others), (1, others), (2, others), (100, "ab"), (100.25, ""));
        LabelDefinition[] labels = [flat.Schema.Labels[0], flat.Schema.Labels[1] with { Parent = 0 }];
        var schema = new DatasetSchema("line", flat.Schema.Attributes, labels);
        var data = new MultiLabelDataset(schema, flat.Features, flat.Labels);
        Assert.Equal(childIsCleared ? [new LabelEdit(3, 0, false), new LabelEdit(3, 1, false)] : [], Find(data));
        Assert.Equal(childIsCleared ? 2 : 1, Find(flat).Length);
    }

    private static LabelEdit[] Find(MultiLabelDataset data) => NoiseClearing.Find(data.Schema, data.Labels, Line.Neighbours(data, Token), Options, Token);
}
