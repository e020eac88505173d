using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class SampleCommandTests
{
    [Fact]
    public void Sample_NewFile_IsLargeMixedAndHasThreeRareLabels()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("sample", "-o", folder.File("s.arff"), "--json");
        JsonElement analyzed = InProcess.Run("analyze", folder.File("s.arff"), "--json").Json();

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(["s.arff", "s.xml"], folder.Files);
        Assert.Equal(ArffText.DataLines(folder.File("s.arff")).Length, result.Json().GetProperty("rows").GetInt32());
        Assert.InRange(analyzed.GetProperty("rows").GetInt32(), 2000, int.MaxValue);
        Assert.InRange(analyzed.GetProperty("features").GetInt32(), 60, int.MaxValue);
        Assert.InRange(analyzed.GetProperty("labelCount").GetInt32(), 12, int.MaxValue);
        Assert.Equal(3, analyzed.GetProperty("minorityLabelCount").GetInt32());
    }

    [Fact]
    public void Sample_SameAndOtherSeed_GivesSameAndOtherBytes()
    {
        using var folder = new TempFolder();
        InProcess.Run("sample", "-o", folder.File("a.arff"), "--seed", "9");
        InProcess.Run("sample", "-o", folder.File("b.arff"), "--seed", "9");
        InProcess.Run("sample", "-o", folder.File("c.arff"), "--seed", "10");

        Assert.Equal(File.ReadAllBytes(folder.File("a.arff")), File.ReadAllBytes(folder.File("b.arff")));
        Assert.NotEqual(File.ReadAllBytes(folder.File("a.arff")), File.ReadAllBytes(folder.File("c.arff")));
    }

    [Fact]
    public void Sample_FileExists_NeedsForce()
    {
        using var folder = new TempFolder();
        string path = folder.Write("s.arff", "precious");

        Assert.Equal(ExitCodes.Output, InProcess.Run("sample", "-o", path).ExitCode);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal(ExitCodes.Ok, InProcess.Run("sample", "-o", path, "--force").ExitCode);
    }
}
