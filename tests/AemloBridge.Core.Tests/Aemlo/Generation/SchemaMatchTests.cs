using AemloBridge.Aemlo.Generation;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Generation;

public class SchemaMatchTests
{
    private static readonly DataAttribute[] Attributes =
    [
        DataAttribute.Numeric("x"),
        DataAttribute.Nominal("colour", "red", "blue"),
        DataAttribute.Nominal("a", "0", "1"),
        DataAttribute.Nominal("b", "0", "1"),
    ];

    private static readonly LabelDefinition[] Labels = [new("a", 2, 1), new("b", 3, 1, Parent: 0)];

    [Fact]
    public void Require_SameColumns_IsSilent() => SchemaMatch.Require(Schema(Attributes, Labels), Data(Attributes, Labels));

    [Fact]
    public void Require_OtherAttributes_NamesTheFirstDifference()
    {
        Assert.StartsWith("the data set has 3 attributes, the model was trained on 4", Refusal(Attributes[1..], [new("a", 1, 1), new("b", 2, 1, 0)]), StringComparison.Ordinal);
        Assert.StartsWith("attribute 1 of the data set is 'y', the model was trained on 'x' there", Refusal([DataAttribute.Numeric("y"), .. Attributes[1..]], Labels), StringComparison.Ordinal);
        Assert.StartsWith("attribute 'x' is nominal with 6 values ('p', 'q', 'r', 's', 't', ...), the model was trained on numeric", Refusal([DataAttribute.Nominal("x", "p", "q", "r", "s", "t", "u"), .. Attributes[1..]], Labels), StringComparison.Ordinal);
        Assert.StartsWith("attribute 'colour' is nominal with 2 values ('blue', 'red'), the model was trained on nominal with 2 values ('red', 'blue')", Refusal([Attributes[0], DataAttribute.Nominal("colour", "blue", "red"), .. Attributes[2..]], Labels), StringComparison.Ordinal);
    }

    [Fact]
    public void Require_OtherLabels_NamesTheLabelAndTheDifference()
    {
        Assert.StartsWith("'b' is a label of the model and a feature of the data set", Refusal(Attributes, [Labels[0]]), StringComparison.Ordinal);
        Assert.StartsWith("'colour' is a label of the data set and a feature of the model", Refusal(Attributes, [.. Labels, new("colour", 1, 1)]), StringComparison.Ordinal);
        Assert.StartsWith("label 'a' counts as there where it is '0', for the model where it is '1'", Refusal(Attributes, [Labels[0] with { PositiveValue = 0 }, Labels[1]]), StringComparison.Ordinal);
        Assert.StartsWith("label 'b' has no parent, in the model the parent 'a'", Refusal(Attributes, [Labels[0], Labels[1] with { Parent = -1 }]), StringComparison.Ordinal);
    }

    [Fact]
    public void Require_DataOfAFile_NamesTheFileAndSaysWhatToDo()
    {
        MultiLabelDataset data = Data(Attributes, [Labels[0]], new ArffSource("rows.arff", "", IsSparse: false, "\n", null, []));
        string message = Assert.Throws<AemloInputException>(() => SchemaMatch.Require(Schema(Attributes, Labels), data)).Message;
        Assert.StartsWith("rows.arff: 'b' is a label of the model", message, StringComparison.Ordinal);
        Assert.EndsWith("give the data the model was trained on, or other rows with the same columns and labels", message, StringComparison.Ordinal);
    }

    private static string Refusal(DataAttribute[] attributes, LabelDefinition[] labels) =>
        Assert.Throws<AemloInputException>(() => SchemaMatch.Require(Schema(Attributes, Labels), Data(attributes, labels))).Message;

    private static DatasetSchema Schema(DataAttribute[] attributes, LabelDefinition[] labels) => new("test", attributes, labels);

    private static MultiLabelDataset Data(DataAttribute[] attributes, LabelDefinition[] labels, ArffSource? source = null)
    {
        DatasetSchema schema = Schema(attributes, labels);
        return new MultiLabelDataset(schema, FeatureMatrix.Dense(0, schema.FeatureCount, []), new LabelMatrix(0, schema.LabelCount), null, source);
    }
}
