using AemloBridge.Aemlo.Generation;
using AemloBridge.Data;
using CsCheck;

namespace AemloBridge.Tests.Aemlo.Generation;

public class HierarchyRepairTests
{
    /// <summary>0 is the parent of 1 and 2, 2 of 3; 4 stands alone.</summary>
    private static readonly DatasetSchema Schema = new(
        "h",
        [DataAttribute.Numeric("x"), .. Enumerable.Range(0, 5).Select(index => DataAttribute.Nominal($"y{index}", "0", "1"))],
        [new("y0", 1, 1), new("y1", 2, 1, 0), new("y2", 3, 1, 0), new("y3", 4, 1, 2), new("y4", 5, 1)]);

    [Fact]
    public void Apply_DecodedChild_BringsItsAncestors() => Assert.Equal([true, false, true, true, false], Repair([false, false, false, true, false], new bool[5]));

    [Fact]
    public void Apply_CopiedAncestorAbsent_TakesTheDecodedChildAway() =>
        Assert.Equal([false, false, false, false, true], Repair([false, false, false, true, true], [true, false, false, false, false]));

    [Fact]
    public void Apply_CopiedChild_KeepsItAndAddsAncestors() =>
        Assert.Equal([true, false, true, true, false], Repair([false, false, false, true, false], [false, false, false, true, false]));

    [Fact]
    public void Apply_AnyRow_EndsConsistentAndIsStable() =>
        Gen.Select(Gen.Bool.Array[5], Gen.Bool.Array[5]).Sample((labels, copied) =>
        {
            bool[] repaired = Repair(labels, copied);
            for (int label = 0; label < 5; label++)
                Assert.False(repaired[label] && Schema.Labels[label].Parent is var parent && parent >= 0 && !repaired[parent]);
            Assert.Equal(repaired, Repair(repaired, copied));
        });

    [Theory, InlineData(1, "the labels of 1 new row were changed "), InlineData(2, "the labels of 2 new rows were changed ")]
    public void Sentence_Count_AgreesWithItsNoun(int rows, string start) =>
        Assert.StartsWith(start, HierarchyRepair.Sentence(rows), StringComparison.Ordinal);

    private static bool[] Repair(bool[] labels, bool[] copied)
    {
        var matrix = new LabelMatrix(1, 5);
        for (int label = 0; label < 5; label++)
            matrix[0, label] = labels[label];
        bool changed = HierarchyRepair.Apply(Schema, matrix, 0, copied);
        bool[] result = [.. Enumerable.Range(0, 5).Select(label => matrix[0, label])];
        Assert.Equal(changed, !result.SequenceEqual(labels));
        return result;
    }
}
