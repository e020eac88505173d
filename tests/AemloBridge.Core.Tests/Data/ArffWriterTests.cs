using System.Security.Cryptography;
using System.Text;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Data;

public class ArffWriterTests
{
    private const string Header = "% a comment\n@relation r\n\n@ATTRIBUTE x   numeric\n@attribute y {a,'b c'}\n@attribute p {0,1}\n@attribute n {1,0}\n@data\n";

    [Fact]
    public void WriteOversampled_DenseInput_AppendsDenseRows()
    {
        using var folder = new TemporaryFolder();
        string text = Header + "% first\n1e0,  a ,1,0\n\n2,?,0,1\n% last";
        MultiLabelDataset data = Read(folder.Write("in.arff", text));

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, Rows(false, [-0.0, 1, 0.1, double.NaN], [true, false, false, true]), folder["out.arff"], false, TestContext.Current.CancellationToken);

        Assert.Equal(text + "\n0,'b c',1,0\n0.1,?,0,1\n", File.ReadAllText(files.ArffPath));
        Assert.Equal((folder["out.arff"], folder["out.xml"]), (files.ArffPath, files.XmlPath));
        Assert.Equal(["in.arff", "out.arff", "out.xml"], folder.Names);
    }

    [Fact]
    public void WriteOversampled_SparseInput_AppendsSparseRowsWithoutTheFirstValues()
    {
        using var folder = new TemporaryFolder();
        string text = (Header + "{}\n{0 3, 3 0}\n").Replace("\n", "\r\n", StringComparison.Ordinal);
        MultiLabelDataset data = Read(folder.Write("in.arff", text));

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, Rows(true, [0, 0, 1e-7, 1], [false, true, true, false]), folder["out.arff"], false, TestContext.Current.CancellationToken);

        // The second label's first value is 1: a row that has it leaves the entry out, a row without it writes 0.
        Assert.Equal(text + "{}\r\n{0 1E-07,1 'b c',2 1,3 0}\r\n", File.ReadAllText(files.ArffPath));
    }

    [Theory]
    [InlineData("1,a,1,1,{2.5}\n", "1,a,1,1,{0.5}\n")]
    [InlineData("{0 1,2 1},{2.5}\n", "{0 1,2 1}, {0.5}\n")]
    public void WriteOversampled_Weights_AreWrittenUnlessOne(string original, string expected)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + original));
        SyntheticRows rows = Rows(false, [1, 0, 1, 0], [true, true, true, true]) with { Weights = [0.5, 1] };

        string written = File.ReadAllText(ArffWriter.WriteOversampled(data, rows, folder["out.arff"], false, TestContext.Current.CancellationToken).ArffPath);

        Assert.EndsWith(original + expected + expected.Replace(",{0.5}", "", StringComparison.Ordinal).Replace(", {0.5}", "", StringComparison.Ordinal), written, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteOversampled_Latin1Input_AppendsLatin1()
    {
        using var folder = new TemporaryFolder();
        byte[] text = Encoding.Latin1.GetBytes("@relation r\n@attribute x {a,größe,'\\u4E2D'}\n@attribute p {0,1}\n@data\ngröße,1\n");
        MultiLabelDataset data = Read(folder.Write("in.arff", text), "p");
        var labels = new LabelMatrix(2, 1);
        var rows = new SyntheticRows(FeatureMatrix.Dense(2, 1, [1, 2]), labels, null, [0, 0], null);

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, rows, folder["out.arff"], false, TestContext.Current.CancellationToken);

        Assert.Equal([.. text, .. Encoding.Latin1.GetBytes("größe,0\n'\\u4E2D',0\n")], File.ReadAllBytes(files.ArffPath));
        Assert.Equal([1, 1, 2], Enumerable.Range(0, 3).Select(row => (int)Read(files.ArffPath, "p").Features[row, 0]));
    }

    [Fact]
    public void WriteOversampled_LabelXml_IsCopiedOrWritten()
    {
        using var folder = new TemporaryFolder();
        const string Xml = "<labels xmlns='http://mulan.sourceforge.net/labels'> <!-- kept --> <label name='n'><label name='p'/></label></labels>";
        string xml = folder.Write("labels.xml", Xml);
        string input = folder.Write("in.arff", Header + "1,a,1,0\n");
        SyntheticRows none = Rows(false, [], []);

        ArffOutputFiles copied = ArffWriter.WriteOversampled(Read(input, xml), none, folder["copied.arff"], false, TestContext.Current.CancellationToken);
        ArffOutputFiles written = ArffWriter.WriteOversampled(Read(input), none, folder["written.arff"], false, TestContext.Current.CancellationToken);

        Assert.Equal(Xml, File.ReadAllText(copied.XmlPath));
        Assert.Equal(Read(input).Schema.Labels, Read(written.ArffPath, written.XmlPath).Schema.Labels);
        Assert.Equal(
            """<?xml version="1.0" encoding="utf-8"?>""" + "\n" + """<labels xmlns="http://mulan.sourceforge.net/labels">""" + "\n  <label name=\"p\" />\n  <label name=\"n\" />\n</labels>",
            File.ReadAllText(written.XmlPath));
    }

    [Fact]
    public void WriteOversampled_LabelXmlGoneSinceItWasRead_IsWrittenAsItWasRead()
    {
        using var folder = new TemporaryFolder();
        const string Xml = "<labels> <label name='n'/></labels>\n";
        string xml = folder.Write("labels.xml", Xml);
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + "1,a,1,0\n"), xml);
        File.Delete(xml);

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, new SyntheticRows(FeatureMatrix.Dense(0, 3, []), new LabelMatrix(0, 1), null, [], null), folder["out.arff"], false, TestContext.Current.CancellationToken);

        Assert.Equal(Xml, File.ReadAllText(files.XmlPath));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Xml))), data.Source!.LabelXmlSha256);
    }

    [Theory]
    [InlineData("1,a,1,0\n")]
    [InlineData("1,a,1,0 % \u00FF")]
    public async Task WriteOversampled_InputFromAPipe_IsCopiedToo(string rows)
    {
        using var folder = new TemporaryFolder();
        string pipe = NamedPipe.Create(folder["pipe"]);
        byte[] text = Encoding.Latin1.GetBytes(Header + rows);
        Task writing = Task.Run(() => File.WriteAllBytes(pipe, text), TestContext.Current.CancellationToken);
        MultiLabelDataset data = Read(pipe);
        await writing;

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, Rows(false, [2, 1], [false, true]), folder["out.arff"], false, TestContext.Current.CancellationToken);

        byte[] end = rows.EndsWith('\n') ? [] : [(byte)'\n'];
        Assert.Equal([.. text, .. end, .. "2,'b c',0,1\n"u8], File.ReadAllBytes(files.ArffPath));
    }

    [Fact]
    public void WriteOversampled_ChangedInput_IsRefusedAndNothingIsLeft()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("in.arff", Header + "1,a,1,0\n");
        MultiLabelDataset data = Read(input);
        folder.Write("in.arff", Header + "1,a,1,1\n");

        AemloInputException error = Assert.Throws<AemloInputException>(() => ArffWriter.WriteOversampled(data, Rows(false, [], []), folder["out.arff"], false, TestContext.Current.CancellationToken));

        Assert.Equal($"{input}: the file has changed since it was read; run again", error.Message);
        Assert.Equal(["in.arff"], folder.Names);
    }

    [Fact]
    public void WriteOversampled_CancelledOrFailing_LeavesExistingFilesAsTheyWere()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + "1,a,1,0\n"));
        folder.Write("out.arff", "old");
        folder.Write("out.xml", "old too");

        Assert.Throws<OperationCanceledException>(() => ArffWriter.WriteOversampled(data, Rows(false, [], []), folder["out.arff"], true, new CancellationToken(canceled: true)));
        ArgumentException error = Assert.Throws<ArgumentException>(() => ArffWriter.WriteOversampled(data, Rows(false, [1, 7, 1, 0], [true, true, true, true]), folder["out.arff"], true, TestContext.Current.CancellationToken));

        Assert.Equal("row 0, attribute 'y': 7 is not the position of one of its 2 values", error.Message);
        Assert.Equal(("old", "old too"), (File.ReadAllText(folder["out.arff"]), File.ReadAllText(folder["out.xml"])));
        Assert.Equal(["in.arff", "out.arff", "out.xml"], folder.Names);
    }

    [Fact]
    public void WriteOversampled_NotAFinitePlainNumber_IsRefused()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + "1,a,1,0\n"));

        foreach (double value in (double[])[double.PositiveInfinity, double.NegativeInfinity])
            Assert.Throws<ArgumentException>(() => ArffWriter.WriteOversampled(data, Rows(false, [value, 0, 1, 0], [true, true, true, true]), folder["out.arff"], false, TestContext.Current.CancellationToken));
        foreach (double weight in (double[])[double.NaN, -1, double.PositiveInfinity])
            Assert.Throws<ArgumentException>(() => ArffWriter.WriteOversampled(data, Rows(false, [1, 0, 1, 0], [true, true, true, true]) with { Weights = [weight, 1] }, folder["out.arff"], false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void WriteSynthetic_Rows_AreADataSetOfTheSameSchema()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + "1,a,1,0\n"));

        foreach (bool sparse in (bool[])[false, true])
        {
            ArffOutputFiles files = ArffWriter.WriteSynthetic(data.Schema, Rows(!sparse, [0, 1, 12, 0], [true, false, false, true]), sparse, folder[$"{sparse}.arff"], false, TestContext.Current.CancellationToken);

            Assert.EndsWith(sparse ? "@data\n{1 'b c',2 1,3 0}\n{0 12}\n" : "@data\n0,'b c',1,0\n12,a,0,1\n", File.ReadAllText(files.ArffPath), StringComparison.Ordinal);
            DatasetAssert.EqualSchema(data.Schema, Read(files.ArffPath).Schema);
        }
    }

    [Fact]
    public void CheckOutput_BadPlace_IsRefusedBeforeAnyWork()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("in.arff", Header + "1,a,1,0\n");
        string xml = folder.Write("in.xml", "<labels><label name='p'/></labels>");
        ArffSource source = Read(input, xml).Source!;
        string link = folder["link.arff"];
        File.CreateSymbolicLink(link, input);
        folder.Write("taken.xml", "old");
        Directory.CreateSymbolicLink(folder["linked"], ".");
        string throughFolder = folder.File("linked", "in.arff");
        string labels = folder.Write("labels.txt", "<labels><label name='p'/></labels>");
        ArffSource otherLabels = Read(input, labels).Source!;

        Assert.Equal($"{throughFolder}: the output is the input file itself; choose another name", Refused(throughFolder));
        Assert.StartsWith($"{folder.File("linked", "in.data")}: its label file would be ", Refused(folder.File("linked", "in.data")), StringComparison.Ordinal);
        Assert.Equal(
            $"{labels}: the output is the input's label file; choose another name",
            Assert.Throws<AemloInputException>(() => ArffWriter.CheckOutput(labels, overwrite: true, otherLabels)).Message);
        Assert.Equal($"{input}: the output is the input file itself; choose another name", Refused(input));
        Assert.Equal($"{link}: the output is the input file itself; choose another name", Refused(link));
        Assert.StartsWith($"{folder["in.data"]}: its label file would be {xml}, the input's own; ", Refused(folder["in.data"]), StringComparison.Ordinal);
        Assert.StartsWith($"{folder["o.XML"]}: the output is an ARFF file", Refused(folder["o.XML"]), StringComparison.Ordinal);
        Assert.Equal("the name of the output file is empty", Refused(" "));
        Assert.StartsWith(folder["taken.xml"] + ": this file exists already", Refused(folder["taken.arff"], overwrite: false), StringComparison.Ordinal);
        Assert.EndsWith("its folder does not exist; create it first", Refused(Path.Combine(folder["none"], "o.arff")), StringComparison.Ordinal);
        Assert.Equal(folder["taken.arff"], ArffWriter.CheckOutput(folder["taken.arff"], overwrite: true, source).ArffPath);
        Assert.Equal(["in.arff", "in.xml", "labels.txt", "link.arff", "linked", "taken.xml"], folder.Names);

        string Refused(string path, bool overwrite = true) => Assert.Throws<AemloInputException>(() => ArffWriter.CheckOutput(path, overwrite, source)).Message;
    }

    private static MultiLabelDataset Read(string path, string labels = "p,n") =>
        ArffReader.Read(path, LabelSelection.Parse(labels), cancellationToken: TestContext.Current.CancellationToken);

    // Rows of two features and two labels, given one after the other.
    private static SyntheticRows Rows(bool sparse, double[] features, bool[] labels)
    {
        int count = features.Length / 2;
        var builder = new FeatureMatrixBuilder(2, sparse);
        var matrix = new LabelMatrix(count, 2);
        for (int row = 0; row < count; row++)
        {
            builder.AddDenseRow(features.AsSpan(2 * row, 2));
            matrix[row, 0] = labels[2 * row];
            matrix[row, 1] = labels[(2 * row) + 1];
        }

        return new SyntheticRows(builder.Build(), matrix, null, new int[count], null);
    }
}
