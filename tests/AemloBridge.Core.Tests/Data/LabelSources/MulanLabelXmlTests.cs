using System.Text;
using AemloBridge.Data;
using AemloBridge.Data.LabelSources;

namespace AemloBridge.Tests.Data.LabelSources;

public class MulanLabelXmlTests
{
    private const string Arff = "@relation r\n@attribute c {0,1}\n@attribute f real\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n1,2,1,1\n";

    [Fact]
    public void Read_Hierarchy_BecomesParentsInAttributeOrder()
    {
        using var folder = new TemporaryFolder();
        string arff = folder.Write("h.arff", Arff);
        folder.Write("h.xml", """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- a comment -->
            <labels xmlns="http://mulan.sourceforge.net/labels">
              <label name="a">
                <label name="b"><label name="c"></label></label>
              </label>
            </labels>
            """);

        DatasetSchema schema = ArffReader.Read(arff, LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken).Schema;

        Assert.Equal([new LabelDefinition("c", 0, 1, 2), new LabelDefinition("a", 2, 1), new LabelDefinition("b", 3, 1, 1)], schema.Labels);
        Assert.True(schema.HasHierarchy);
    }

    [Fact]
    public void Write_Hierarchy_IsReadBackTheSame()
    {
        DataAttribute[] attributes = [.. new[] { "x\ty\n\"<&>'", "b", "  c  ", "日本", "f" }.Select(name => DataAttribute.Nominal(name, "0", "1"))];
        var schema = new DatasetSchema("r", attributes, [new("x\ty\n\"<&>'", 0, 1, 3), new("b", 1, 1, 0), new("  c  ", 2, 1), new("日本", 3, 1, 2)]);
        using var stream = new MemoryStream();

        MulanLabelXml.Write(stream, schema);
        stream.Position = 0;
        List<LabelNode> nodes = MulanLabelXml.Read(stream, "x.xml");

        string?[] parents = [.. schema.Labels.Select(label => label.Parent < 0 ? null : schema.Labels[label.Parent].Name)];
        Assert.Equal(
            schema.Labels.Select((label, index) => (label.Name, parents[index])).Order(),
            nodes.Select(node => (node.Name, node.Parent < 0 ? null : nodes[node.Parent].Name)).Order());
    }

    [Fact]
    public void Write_NameThatXmlCannotHold_IsRefused()
    {
        var schema = new DatasetSchema("r", [DataAttribute.Nominal("a\u0001", "0", "1"), DataAttribute.Numeric("f")], [new("a\u0001", 0, 1)]);

        Assert.Contains("control character", Assert.Throws<AemloInputException>(() => MulanLabelXml.Write(new MemoryStream(), schema)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<labels><label name='a'/>\n  <label name='q'/></labels>", 2, 4, "the label 'q' is not an attribute of")]
    [InlineData("<labels><label name='a'/>\n<label name='a'/></labels>", 2, 2, "the label 'a' is listed on line 1 already; list each label once")]
    [InlineData("<labels>\n <label/></labels>", 2, 3, "this label has no name; write <label name=\"...\">")]
    [InlineData("<labels></labels>", 0, 0, "the file lists no label; at least one is needed")]
    [InlineData("<label name='a'/>", 1, 2, "the file begins with <label>; a label file begins with <labels xmlns=")]
    [InlineData("<labels><lable name='a'/></labels>", 1, 10, "<lable> is not known here; a label file holds <label name=\"...\"> elements only")]
    [InlineData("<labels><label>a</label></labels>", 1, 10, "this label has no name")]
    [InlineData("<labels><label name='b'>a</label></labels>", 1, 25, "text between the labels")]
    [InlineData("<labels><label name='a'>", 1, 25, "not a well-formed label file: ")]
    [InlineData("", 0, 0, "not a well-formed label file: ")]
    [InlineData("<!DOCTYPE labels [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><labels><label name='&e;'/></labels>", 0, 0, "not a well-formed label file: ")]
    public void Read_WrongFile_IsRefusedWithItsPlace(string xml, int line, int column, string reason)
    {
        using var folder = new TemporaryFolder();
        string arff = folder.Write("w.arff", Arff);
        string path = folder.Write("labels.xml", xml);

        AemloInputException error = Assert.Throws<AemloInputException>(() => ArffReader.Read(arff, LabelSelection.Parse(path), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((path, line, column), (error.File!, (int)error.Line, (int)error.Column));
        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Latin1Declaration_IsHonoured()
    {
        byte[] xml = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?><labels><label name='ä'/></labels>");

        Assert.Equal("ä", Assert.Single(MulanLabelXml.Read(new MemoryStream(xml), "x")).Name);
    }
}
