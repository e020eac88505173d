using AemloBridge.Data;

namespace AemloBridge.Tests.Data.Arff;

public class ArffHeaderTests
{
    [Fact]
    public void Read_EveryWayToDeclare_GivesTheSameKindOfAttribute()
    {
        MultiLabelDataset data = ArffText.Read("""
            % a comment, with 'quotes" and {braces}

            @RELATION "my data"
            @Attribute a numeric % a comment
            @attribute	b	REAL
            @attribute c integer {0.5}
            @attribute d real [0.0, 1.0]
            @attribute e{x,y}
            @attribute f { x , y, z }
            @attribute 'a b' {'x, y', "it's", 'it\'s not', '?', ''}
            @attribute "l" {0, 1}
              @DATA  % comment
            """);

        Assert.Equal("my data", data.Schema.RelationName);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "a b", "l"], data.Schema.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(["numeric", "real", "integer", "real", "", "", "", ""], data.Schema.Attributes.Select(attribute => attribute.DeclaredType));
        Assert.Equal(["x", "y"], data.Schema.Attributes[4].Values);
        Assert.Equal(["x", "y", "z"], data.Schema.Attributes[5].Values);
        Assert.Equal(["x, y", "it's", "it's not", "?", ""], data.Schema.Attributes[6].Values);
        Assert.Equal("l", Assert.Single(data.Schema.Labels).Name);
        Assert.Equal(0, data.RowCount);
        Assert.Equal("1 attribute carries a weight; attribute weights are not used", Assert.Single(data.Source!.Warnings));
    }

    [Theory]
    [InlineData(@"'\t\n\r\\\'\""\%'", "\t\n\r\\'\"%")]
    [InlineData(@"'\u001E\u00e4\u4E2D'", "\u001Eä中")]
    [InlineData(@"'\036\101\0x\777'", "\u001EA\0x?7")]
    [InlineData(@"'\a\b\f\v\q'", "\a\b\f\vq")]
    [InlineData(@"'\ud83d\ude00'", "😀")]
    public void Read_Escapes_AreResolved(string written, string expected)
    {
        MultiLabelDataset data = ArffText.Read($"@relation r\n@attribute {written} {{a,{written}}}\n@attribute l {{0,1}}\n@data\n{written},1\n");

        Assert.Equal(expected, data.Schema.Attributes[0].Name);
        Assert.Equal(expected, data.Schema.Attributes[0].Values[1]);
        Assert.Equal(1, data.Features[0, 0]);
    }

    [Theory]
    [InlineData("", 0, 0, null, "the file holds no @relation line; is this an ARFF file?")]
    [InlineData("% only\n\n", 0, 0, null, "the file holds no @relation line; is this an ARFF file?")]
    [InlineData("@relation r\n@attribute a real\n", 2, 0, null, "the file ends without a @data line; is it cut off?")]
    [InlineData("a,b,c\n1,2,3\n", 1, 1, null, "@relation was expected here, as the first line that is not a comment; is this an ARFF file?")]
    [InlineData("\n@data\n", 2, 1, null, "@data before @relation; begin the file with a line such as: @relation name")]
    [InlineData("@attribute a real\n", 1, 1, null, "@attribute before @relation; begin the file with a line such as: @relation name")]
    [InlineData("@relation\n", 1, 10, null, "the relation has no name; write one, in quotes if it holds spaces")]
    [InlineData("@relation a b\n", 1, 13, null, "text after the relation's name; put a name that holds spaces, commas or braces in quotes")]
    [InlineData("@relation a\n@relation b\n", 2, 1, null, "a second @relation; one file holds one relation")]
    [InlineData("@relation 'a\n", 1, 11, null, "the quote ' is not closed on its line")]
    [InlineData("@relation r\n@data\n", 2, 1, null, "@data, but no attribute is declared before it")]
    [InlineData("@relation r\n@attribute\n", 2, 11, null, "the attribute has no name; write: @attribute name type")]
    [InlineData("@relation r\n@attribute a\n", 2, 13, "a", "the attribute has no type; write numeric, or its values in braces: {a,b}")]
    [InlineData("@relation r\n@attribute a real\n@attribute a real\n", 3, 12, "a", "an attribute of this name is declared on line 2 already; names must differ")]
    [InlineData("@relation r\n@attribute a b real\n", 2, 14, "a", "'b' is not a type; numeric, real, integer or values in braces {a,b} were expected (put a name that holds spaces in quotes)")]
    [InlineData("@relation r\n@attribute a real b\n", 2, 19, "a", "text after the attribute's type; nothing but a comment may follow")]
    [InlineData("@relation r\n@attribute a real [0,1\n", 2, 19, "a", "the range is not closed with ]")]
    [InlineData("@relation r\n@attribute a real {x}\n", 2, 19, "a", "a weight in braces was expected, a number of 0 or more such as {2.5}")]
    [InlineData("@relation r\n@attribute ä STRING\n", 2, 14, "ä", "string attributes cannot be oversampled; turn the text into numbers first (Weka: StringToWordVector), make it nominal (StringToNominal), or remove the attribute")]
    [InlineData("@relation r\n@attribute a date 'yyyy'\n", 2, 14, "a", "date attributes cannot be oversampled; replace the date with a number, such as days since a first day, or remove the attribute")]
    [InlineData("@relation r\n@attribute a relational\n", 2, 14, "a", "relational attributes cannot be oversampled; move their columns into the data set itself, or remove the attribute")]
    [InlineData("@relation r\n@attribute a {x,y\n", 2, 18, "a", "the list of values is not closed with } on its line")]
    [InlineData("@relation r\n@attribute a {}\n", 2, 14, "a", "the list of values is empty; declare at least one value, or remove the attribute")]
    [InlineData("@relation r\n@attribute a {x,y,x}\n", 2, 19, "a", "the value 'x' is declared twice")]
    [InlineData("@relation r\n@attribute a {x,,y}\n", 2, 17, "a", "a value was expected; put an empty value, or one with commas or braces, in quotes")]
    [InlineData("@relation r\n@attribute a {x,}\n", 2, 17, "a", "a value was expected; put an empty value, or one with commas or braces, in quotes")]
    [InlineData("@relation r\n@attribute a {x y}\n", 2, 17, "a", "a comma between two values was expected; put a value that holds spaces in quotes")]
    [InlineData("@relation r\n@attribute a {x,?}\n", 2, 17, "a", "? means missing and cannot be declared as a value; leave it out, or quote it: '?'")]
    [InlineData("@relation r\n@attribute a {don't}\n", 2, 18, "a", "a quote in the middle of a name or value; put the whole in quotes and write a backslash before the inner one")]
    [InlineData("@relation r\n@attribute a {'x'y}\n", 2, 18, "a", "text directly after a closing quote; a comma or a space was expected")]
    [InlineData("@relation r\n@attribute a {'\\ud83d'}\n", 2, 15, "a", "\\u names one half of a character without the other half (a lone surrogate)")]
    [InlineData("@relation r\n@attribute a {'\\u12'}\n", 2, 15, "a", "\\u is not followed by four hexadecimal digits")]
    [InlineData("@relation r\nx y z\n", 2, 1, null, "'x' stands where @attribute or @data was expected")]
    [InlineData("@relation r\n@attribute a real\n@attribute l {0,1}\n@data 1,1\n", 4, 7, null, "text after @data; data rows begin on the next line")]
    [InlineData("@relation r\r@attribute a real\r", 1, 12, null, "a carriage return in the middle of the line; if the file has the line ends of classic Mac OS, convert them (for example with: tr '\\r' '\\n')")]
    public void Read_WrongHeader_IsRefusedWithItsPlace(string text, int line, int column, string? attribute, string reason)
    {
        AemloInputException error = ArffText.Refused(text);

        Assert.Equal((ArffText.Name, line, column, attribute), (error.File!, (int)error.Line, (int)error.Column, error.Attribute));
        Assert.Equal(reason, error.Reason);
    }
}
