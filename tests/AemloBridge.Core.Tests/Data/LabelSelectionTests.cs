using AemloBridge.Data;

namespace AemloBridge.Tests.Data;

public class LabelSelectionTests
{
    private const string Three = "@relation {0}\n@attribute a {{0,1}}\n@attribute 'b, c' {{0,1}}\n@attribute d {{0,1}}\n@data\n1,0,1\n";

    [Theory]
    [InlineData("first:1", "a")]
    [InlineData("FIRST: 2", "a|b, c")]
    [InlineData("last:1", "d")]
    [InlineData("last:2", "b, c|d")]
    [InlineData("d,a", "a|d")]
    [InlineData(" a , 'b, c' ", "a|b, c")]
    [InlineData("\"b, c\"", "b, c")]
    public void Read_Selection_FindsTheLabelsInAttributeOrder(string text, string expected)
    {
        MultiLabelDataset data = ArffText.Read(Named("r"), text);

        Assert.Equal(expected.Split('|'), data.Schema.Labels.Select(label => label.Name));
        Assert.Equal(3 - data.Schema.LabelCount, data.Schema.FeatureCount);
        foreach (LabelDefinition label in data.Schema.Labels)
            Assert.Equal(label.Name != "b, c", data.Labels[0, data.Schema.Labels.ToList().IndexOf(label)]);
    }

    [Theory]
    [InlineData("", "the labels are empty; name the labels with a Mulan XML file (data.xml), first:N, last:N, or their names with commas between them")]
    [InlineData("first:0", "'first:0' does not say how many labels; a number of 1 or more was expected, as in first:14 (put an attribute of this very name in quotes)")]
    [InlineData("last:x", "'last:x' does not say how many labels; a number of 1 or more was expected, as in last:14 (put an attribute of this very name in quotes)")]
    [InlineData("no-such.XML", "no-such.XML: this label file does not exist; check the path")]
    [InlineData("a,,d", "labels 'a,,d': an empty name at position 3; name the labels with a Mulan XML file (data.xml), first:N, last:N, or their names with commas between them")]
    [InlineData("a,'d", "labels 'a,'d': the quote ' at position 3 is not closed")]
    [InlineData("'a' d", "labels ''a' d': a comma was expected after the quoted name at position 5")]
    [InlineData("a,a", "the label 'a' is named twice; name each label once")]
    [InlineData("A", "test.arff: there is no attribute 'A' to be a label; names are case-sensitive")]
    [InlineData("first:3", "test.arff: the first 3 attributes are to be labels, but the file has 3 attributes; at least one feature is needed")]
    [InlineData("last:2000000000", "test.arff: the last 2000000000 attributes are to be labels, but the file has 3 attributes; at least one feature is needed")]
    [InlineData("a,d,'b, c'", "test.arff: all 3 attributes are labels; at least one feature is needed")]
    public void Read_SelectionThatFails_SaysWhy(string text, string message) =>
        Assert.Equal(message, Assert.Throws<AemloInputException>(() => ArffText.Read(Named("r"), text)).Message);

    [Theory]
    [InlineData("name: -C 1", "a")]
    [InlineData("name:-C 2 -split-number 300", "a|b, c")]
    [InlineData("a: b: -split-percentage 50 -C -1", "d")]
    [InlineData("name: -C 2-weka.filters.unsupervised.attribute.Remove-R3", "a|b, c")]
    public void Read_Automatic_FindsMekasOption(string relation, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.arff", Named($"'{relation}'"));
        folder.Write("m.xml", "<labels><label name='d'/></labels>");

        MultiLabelDataset data = ArffReader.Read(path, LabelSelection.Parse(null), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected.Split('|'), data.Schema.Labels.Select(label => label.Name));
        Assert.Null(data.Source!.LabelXmlPath);
        Assert.Equal(relation, data.Schema.RelationName);
    }

    [Theory]
    [InlineData("name: -C 0", "the relation name 'name: -C 0' says -C 0, no label; ")]
    [InlineData("name: -C 9", "the relation name 'name: -C 9' says that the first 9 attributes are labels, but the file has 3 attributes; ")]
    [InlineData("name: -C -9999999999", "attributes are labels, but the file has 3 attributes; ")]
    [InlineData("-C 1", "which attributes are labels is not known: the relation name holds no MEKA option -C")]
    [InlineData("name-C 1", "which attributes are labels is not known")]
    [InlineData("name: -C x", "which attributes are labels is not known")]
    [InlineData("name: -C 1.5", "which attributes are labels is not known")]
    public void Read_AutomaticWithoutLabels_SaysWhatIsPossible(string relation, string part)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.arff", Named($"'{relation}'"));

        AemloInputException error = Assert.Throws<AemloInputException>(() => ArffReader.Read(path, LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PathOfAnExistingFile_WinsOverAName()
    {
        using var folder = new TemporaryFolder();
        string xml = folder.Write("a", "<labels><label name='d'/></labels>");

        Assert.Equal((LabelSelectionKind.Xml, xml), (LabelSelection.Parse(xml).Kind, LabelSelection.Parse(xml).XmlPath));
    }

    [Theory]
    [InlineData("{0,1}", "1", null)]
    [InlineData("{1,0}", "1", null)]
    [InlineData("{no,yes}", "yes", "label 'l': 'yes' was taken as the value that means \"has the label\", 'no' as the other")]
    [InlineData("{true,false}", "false", "label 'l': 'false' was taken as the value that means \"has the label\", 'true' as the other")]
    public void Read_Polarity_IsKnownOrWarnedAbout(string values, string positive, string? warning)
    {
        MultiLabelDataset data = ArffText.Read($"@relation r\n@attribute f real\n@attribute l {values}\n@data\n1,{positive}\n");

        Assert.True(data.Labels[0, 0]);
        Assert.Equal(warning, data.Source!.Warnings.SingleOrDefault());
    }

    [Fact]
    public void Read_PositiveValue_OverridesTheGuessButNotZeroAndOne()
    {
        const string Text = "@relation r\n@attribute f real\n@attribute l {yes,no}\n@attribute m {0,1}\n@data\n1,yes,1\n";

        MultiLabelDataset data = ArffText.Read(Text, "last:2", new ArffReadOptions { PositiveValue = "yes" });

        Assert.True(data.Labels[0, 0] && data.Labels[0, 1]);
        Assert.Empty(data.Source!.Warnings);
        AemloInputException error = ArffText.Refused(Text, "last:2", new ArffReadOptions { PositiveValue = "maybe" });
        Assert.Equal("test.arff:3:12: attribute 'l': the positive value 'maybe' is not one of its values 'yes' and 'no'", error.Message);
    }

    [Fact]
    public void Read_PositiveValueZero_TurnsZeroAndOneAroundWithAWarning()
    {
        MultiLabelDataset data = ArffText.Read(Named("r"), "a,d", new ArffReadOptions { PositiveValue = "0" });

        Assert.False(data.Labels[0, 0]);
        Assert.Equal("labels 'a', 'd': '0' was taken as the value that means \"has the label\", '1' as the other", Assert.Single(data.Source!.Warnings));
    }

    [Theory]
    [InlineData("{a,b,c}", "a label must have exactly two values, such as {0,1}, but this attribute declares 3")]
    [InlineData("{a}", "a label must have exactly two values, such as {0,1}, but this attribute declares 1")]
    [InlineData("real", "a label must be nominal with two values, such as {0,1}, but this attribute is real")]
    public void Read_AttributeThatCannotBeALabel_IsRefusedByName(string type, string reason)
    {
        AemloInputException error = ArffText.Refused($"@relation r\n@attribute f real\n@attribute l {type}\n@data\n");

        Assert.Equal((3L, 12L, "l", reason), (error.Line, error.Column, error.Attribute, error.Reason));
    }

    [Fact]
    public void Read_MissingLabels_AreRefusedOrTakenAsNotHavingTheLabel()
    {
        const string Text = "@relation r\n@attribute f real\n@attribute l {1,0}\n@attribute m {0,1}\n@data\n1,1,1\n1,?,1\n{1 ?, 2 ?}\n";

        AemloInputException error = ArffText.Refused(Text, "last:2");
        MultiLabelDataset data = ArffText.Read(Text, "last:2", new ArffReadOptions { MissingLabelsAsZero = true });

        Assert.Equal((7L, 3L, "l"), (error.Line, error.Column, error.Attribute));
        Assert.StartsWith("3 label values are missing, the first one here; ", error.Reason, StringComparison.Ordinal);
        Assert.Equal("3 label values are missing (the first on line 7, label 'l') and were taken as \"has not the label\"", Assert.Single(data.Source!.Warnings));
        Assert.Equal([1, 2], data.Labels.PositiveCounts());

        error = ArffText.Refused(Text.Replace("1,?,1\n", string.Empty, StringComparison.Ordinal), "last:2");
        Assert.Equal((7L, 4L, "l"), (error.Line, error.Column, error.Attribute));
    }

    private static string Named(string relation) => string.Format(null, Three, relation);
}
