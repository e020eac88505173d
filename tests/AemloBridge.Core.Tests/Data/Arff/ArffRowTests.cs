using System.Text;
using AemloBridge.Data;

namespace AemloBridge.Tests.Data.Arff;

public class ArffRowTests
{
    // Numeric x, nominal y, numeric z, and two labels in both value orders.
    private const string Header = "@relation r\n@attribute x numeric\n@attribute y {a,b,'c d'}\n@attribute z real\n@attribute p {0,1}\n@attribute n {1,0}\n@data\n";
    private const int FirstRow = 8;

    [Theory]
    [InlineData("1.5,b,-2,1,0")]
    [InlineData("  1.5 ,\tb , -2,1,0 \t")]
    [InlineData("1.5\tb\t-2\t1\t0")]
    [InlineData("1.5 b -2 1 0")]
    [InlineData("'1.5',\"b\",-2.0,'1','0'% comment")]
    [InlineData("15e-1,b,-2,1,0,{1} % comment")]
    [InlineData("{0 1.5,1 b,2 -2,3 1,4 0}")]
    [InlineData(" { 0\t1.5 , 1 'b', 2  -2,3 1,4 0 } % comment")]
    [InlineData("{0 1.5,1 b,2 -2,3 1,4 0},{1}")]
    [InlineData("{0 1.5 1 b 2 -2 3 1 4 0}")]
    public void Read_EveryWayToWriteARow_GivesTheSameValues(string row)
    {
        foreach (string end in (string[])["", "\n", "\r\n", "\n\n% the end\n"])
        {
            MultiLabelDataset data = Read(row + end);

            Assert.Equal((1.5, 1, -2), (data.Features[0, 0], data.Features[0, 1], data.Features[0, 2]));
            Assert.True(data.Labels[0, 0]);
            Assert.False(data.Labels[0, 1]);
            Assert.Null(data.Weights);
            Assert.Equal(row.TrimStart().StartsWith('{'), data.Features.IsSparse);
            Assert.Equal(1, data.RowCount);
        }
    }

    [Fact]
    public void Read_AbsentSparseEntries_AreZeroOrTheFirstDeclaredValue()
    {
        MultiLabelDataset data = Read("{}\n{4 1}\n{4 0}\n{3 1, 4 0}");

        Assert.Equal(0, data.Features.StoredCount);
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(row => data.Labels[row, 0]));
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(row => data.Labels[row, 1]));
    }

    [Fact]
    public void Read_ExplicitZeros_AreNotStored()
    {
        MultiLabelDataset data = Read("{0 0,1 a,2 -0}\n{0 ?, 1 ?}");

        Assert.Equal(2, data.Features.StoredCount);
        Assert.True(double.IsNaN(data.Features[1, 0]) && double.IsNaN(data.Features[1, 1]));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Read("-0,a,-0.0,0,0").Features[0, 2]));
    }

    [Fact]
    public void Read_QuotedQuestionMark_IsNotMissing()
    {
        MultiLabelDataset data = ArffText.Read("@relation r\n@attribute a {x,'?'}\n@attribute l {0,1}\n@data\n'?',0\n?,1\n");

        Assert.Equal(1, data.Features[0, 0]);
        Assert.True(double.IsNaN(data.Features[1, 0]));
    }

    [Fact]
    public void Read_EmptyValue_CountsOnlyInQuotes()
    {
        const string Declared = "@relation r\n@attribute a {x,''}\n@attribute l {0,1}\n@data\n";

        Assert.Equal(1, ArffText.Read(Declared + "'',0\n").Features[0, 0]);
        Assert.Equal((5, 1), (ArffText.Refused(Declared + ",0\n").Line, ArffText.Refused(Declared + ",0\n").Column));
    }

    [Fact]
    public void Read_MixedRows_FollowTheFirst()
    {
        MultiLabelDataset dense = Read("1,b,0,0,0\n{2 7}");
        MultiLabelDataset sparse = Read("{2 7}\n1,b,0,0,0");

        Assert.False(dense.Features.IsSparse);
        Assert.True(sparse.Features.IsSparse);
        Assert.Equal(3, sparse.Features.StoredCount);
        DatasetAssert.EqualRows(dense, 0, sparse, 1, 1);
        DatasetAssert.EqualRows(dense, 1, sparse, 0, 1);
    }

    [Fact]
    public void Read_Weights_AreKeptAndDefaultToOne()
    {
        Assert.Equal([1, 1, 2.5, 0, 1], Read("1,a,2,0,0\n1,a,2,0,0\n1,a,2,0,0,{2.5}\n1,a,2,0,0 { 0 }\n{}").Weights!);
        Assert.Equal([2.5, 0.125], Read("{0 1},{2.5}\n{0 1} {0.125}").Weights!);
    }

    [Theory]
    [InlineData("1,a,2,0", 8, "n", "the row ends after 4 values, but 5 attributes are declared")]
    [InlineData("1", 2, "y", "the row ends after 1 value, but 5 attributes are declared")]
    [InlineData("1,a,{2}", 5, "z", "the row ends after 2 values, but 5 attributes are declared")]
    [InlineData("1,a,2,0,0,7", 11, null, "more than 5 values, but 5 attributes are declared")]
    [InlineData("1,a,2,0,0,{2},3", 14, null, "more than 5 values, but 5 attributes are declared")]
    [InlineData("1,a,2,0,0,", 10, null, "a comma at the end of the row; remove it, or write the value that belongs behind it")]
    [InlineData("1,a,,0,0", 5, "z", "an empty value; write ? for a missing one")]
    [InlineData("1,a,", 5, "z", "an empty value; write ? for a missing one")]
    [InlineData(",a,2,0,0", 1, "x", "a value was expected here; write ? for a missing one")]
    [InlineData("1,q,2,0,0", 3, "y", "the value 'q' is not declared; declared: 'a', 'b', 'c d'")]
    [InlineData("1,c d,2,0,0", 3, "y", "the value 'c' is not declared; declared: 'a', 'b', 'c d'")]
    [InlineData("1,a,2,2,0", 7, "p", "the value '2' is not declared; declared: '0', '1'")]
    [InlineData("1,a'b',2,0,0", 4, "y", "a quote in the middle of a name or value; put the whole in quotes and write a backslash before the inner one")]
    [InlineData("1,'a,2,0,0", 3, "y", "the quote ' is not closed on its line")]
    [InlineData("x,a,2,0,0", 1, "x", "'x' is not a number; digits such as -1.5 or 2e-3 were expected, or ? for a missing value")]
    [InlineData("1x,a,2,0,0", 1, "x", "'1x' is not a number; digits such as -1.5 or 2e-3 were expected, or ? for a missing value")]
    [InlineData("0x1p3,a,2,0,0", 1, "x", "'0x1p3' is not a number; digits such as -1.5 or 2e-3 were expected, or ? for a missing value")]
    [InlineData("1,a,NaN,0,0", 5, "z", "'NaN' is not a finite number; write ? for a missing value")]
    [InlineData("1,a,-Infinity,0,0", 5, "z", "'-Infinity' is not a finite number; write ? for a missing value")]
    [InlineData("1,a,1e999,0,0", 5, "z", "'1e999' is too large for a 64-bit floating-point number")]
    [InlineData("1,a,2,0,0,{x}", 11, null, "a weight in braces was expected, a number of 0 or more such as {2.5}")]
    [InlineData("1,a,2,0,0,{-1}", 11, null, "a weight in braces was expected, a number of 0 or more such as {2.5}")]
    [InlineData("1,a,2,0,0,{1 2}", 14, null, "the weight must be one number, closed with }")]
    [InlineData("@attribute z real", 1, null, "a declaration after @data; declarations belong before it")]
    [InlineData("@Data", 1, null, "a declaration after @data; declarations belong before it")]
    [InlineData("@x,a,2,0,0", 1, "x", "'@x' is not a number; digits such as -1.5 or 2e-3 were expected, or ? for a missing value")]
    [InlineData("{5 1}", 2, null, "there is no attribute number 5; 5 are declared, numbered from 0 to 4")]
    [InlineData("{99999999999 1}", 2, null, "there is no attribute number 99999999999; 5 are declared, numbered from 0 to 4")]
    [InlineData("{0 1,0 2}", 6, "x", "attribute number 0 is given twice in this row")]
    [InlineData("{2 1,0 2}", 6, "x", "attribute number 0 after 2; the numbers in a sparse row must ascend")]
    [InlineData("{-1 2}", 2, null, "a sparse row holds pairs of an attribute's number (from 0) and its value, as in {0 1, 4 2.5}; a number followed by a space was expected")]
    [InlineData("{0 1,}", 6, null, "a sparse row holds pairs of an attribute's number (from 0) and its value, as in {0 1, 4 2.5}; a number followed by a space was expected")]
    [InlineData("{1,a}", 2, null, "a sparse row holds pairs of an attribute's number (from 0) and its value, as in {0 1, 4 2.5}; a number followed by a space was expected")]
    [InlineData("{0 }", 4, "x", "the value is missing; write ? for a missing value, or leave the entry out for 0")]
    [InlineData("{0 1", 5, null, "the sparse row is not closed with } on its line; is the file cut off?")]
    [InlineData("{", 2, null, "the sparse row is not closed with } on its line; is the file cut off?")]
    [InlineData("{0 1} x", 7, null, "text after the sparse row; only a weight such as , {2.5} may follow")]
    [InlineData("{1 q}", 4, "y", "the value 'q' is not declared; declared: 'a', 'b', 'c d'")]
    [InlineData("1,ä,2,0,0", 3, "y", "the value 'ä' is not declared; declared: 'a', 'b', 'c d'")]
    [InlineData("? 'ä,ä' 2 0 0", 3, "y", "the value 'ä,ä' is not declared; declared: 'a', 'b', 'c d'")]
    public void Read_WrongRow_IsRefusedWithItsPlace(string row, int column, string? attribute, string reason)
    {
        AemloInputException error = ArffText.Refused(Header + "\n" + row + "\n", "p,n");

        Assert.Equal((ArffText.Name, FirstRow + 1, column, attribute), (error.File!, (int)error.Line, (int)error.Column, error.Attribute));
        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public void Read_ColumnOfAnError_CountsCharactersNotBytes()
    {
        const string Text = "@relation r\n@attribute a {ä,中}\n@attribute b real\n@attribute l {0,1}\n@data\n中,x,0\n";

        Assert.Equal(3, ArffText.Refused(Text).Column);
    }

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_AreNoPartOfTheText()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes((Header + "1,a,2,0,0\n").Replace("\n", "\r\n", StringComparison.Ordinal))];

        MultiLabelDataset data = ArffText.Read(text, "p,n");

        Assert.Equal((1, "\r\n", "r"), (data.RowCount, data.Source!.NewLine, data.Schema.RelationName));
    }

    [Fact]
    public void Read_InvalidUtf8_IsReadAsLatin1()
    {
        byte[] text = Encoding.Latin1.GetBytes("@relation r\n@attribute größe {klein,groß}\n@attribute l {0,1}\n@data\ngroß,1\n");

        MultiLabelDataset data = ArffText.Read(text);

        Assert.True(data.Source!.IsLatin1);
        Assert.Equal("größe", data.Schema.Attributes[0].Name);
        Assert.Equal(1, data.Features[0, 0]);
        Assert.False(Read("1,a,2,0,0").Source!.IsLatin1);
        Assert.Equal("the file is not valid UTF-8 (line 2); it was read as Latin-1", Assert.Single(data.Source.Warnings));
        Assert.Empty(Read("1,a,2,0,0").Source!.Warnings);
    }

    [Fact]
    public void Read_InvalidUtf8FarDown_IsReadAsLatin1FromTheStart()
    {
        var text = new StringBuilder("@relation r\n@attribute ä {0,1}\n@attribute l {0,1}\n@data\n");
        for (int row = 0; row < 300_000; row++)
            text.Append("0,1 % x\n");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text.ToString()), (byte)'%', 0xFF];

        MultiLabelDataset data = ArffText.Read(bytes);

        Assert.Equal((300_000, "Ã¤", true), (data.RowCount, data.Schema.Attributes[0].Name, data.Source!.IsLatin1));
        Assert.Equal("the file is not valid UTF-8 (line 300005); it was read as Latin-1", Assert.Single(data.Source.Warnings));
    }

    [Fact]
    public void Read_LabelNotFoundInALatin1File_PointsAtTheEncoding()
    {
        byte[] text = [.. "@relation r\n@attribute ä {0,1}\n@attribute l {0,1}\n@data\n0,1\n0,1 % "u8, 0xFF];
        const string Hint = "names are case-sensitive; the data file is not valid UTF-8 (line 6) and was read as Latin-1, so if the name holds letters beyond ASCII, convert the file to UTF-8";
        using var folder = new TemporaryFolder();
        string xml = folder.Write("l.xml", "<labels><label name='ä'/></labels>");

        Assert.EndsWith(Hint, Assert.Throws<AemloInputException>(() => ArffText.Read(text, "ä")).Message, StringComparison.Ordinal);
        Assert.EndsWith(Hint, Assert.Throws<AemloInputException>(() => ArffText.Read(text, xml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LineLongerThanABlock_IsRead()
    {
        string comment = new('x', 5_000_000);

        MultiLabelDataset data = Read($"%{comment}\n1,a,2,0,0 %{comment}\n3,a,2,0,0 %{comment}");

        Assert.Equal([1, 3], Enumerable.Range(0, 2).Select(row => data.Features[row, 0]));
    }

    [Fact]
    public void Read_Source_HoldsTheHashOfAllBytes()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Header + "1,a,2,0,0");

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), ArffText.Read(bytes, "p,n").Source!.Sha256);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Header));

        Assert.Throws<OperationCanceledException>(() => ArffReader.Read(stream, "x", LabelSelection.Last(1), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Read_FileThatDoesNotExist_IsRefusedByName()
    {
        AemloInputException error = Assert.Throws<AemloInputException>(() => ArffReader.Read("no-such.arff", LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("no-such.arff: the file cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    private static MultiLabelDataset Read(string rows) => ArffText.Read(Header + rows, "p,n");
}
