using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Tests.Output;

public class TextTableTests
{
    [Fact]
    public void Write_CellsOfManyWidths_AlignsFirstLeftAndOthersRight()
    {
        var table = new TextTable("name", "n");
        table.Add("a", "1");
        table.Add("longer", "1000");
        var output = new StringWriter { NewLine = "\n" };

        table.Write(output);

        Assert.Equal("name       n\n------  ----\na          1\nlonger  1000\n", output.ToString());
    }

    [Fact]
    public void Add_TooFewCells_IsRefused() => Assert.Throws<ArgumentException>(() => new TextTable("a", "b").Add("1"));
}
