using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class AnalyzeCommandTests
{
    private const double Precision = 1e-12;

    [Fact]
    public void Analyze_SmallDataAsJson_GivesTheMeasuresCountedByHand()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", SmallData.Write(folder), "--labels", folder.File("small.xml"), "--json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Empty(result.Error);
        JsonElement json = result.Json();
        Assert.Equal(12, json.GetProperty("rows").GetInt32());
        Assert.Equal(2, json.GetProperty("features").GetInt32());
        Assert.Equal(3, json.GetProperty("labelCount").GetInt32());
        Assert.Equal(13.0 / 12, json.GetProperty("cardinality").GetDouble(), Precision);
        Assert.Equal(13.0 / 36, json.GetProperty("density").GetDouble(), Precision);
        Assert.Equal(11.0 / 3, json.GetProperty("meanIR").GetDouble(), Precision);
        Assert.Equal(Math.Sqrt((64 + 25 + 169) / 9.0 / 2) / (11.0 / 3), json.GetProperty("cvir").GetDouble(), Precision);
        double scumble = (1 - (Math.Sqrt(1 * 8) / 4.5) + (2 * (1 - (Math.Sqrt(1 * 2) / 1.5)))) / 12;
        Assert.Equal(scumble, json.GetProperty("scumble").GetDouble(), Precision);
        Assert.Equal(1, json.GetProperty("minorityRows").GetInt32());
        Assert.Equal([false, false, true], json.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("isMinority").GetBoolean()));
        Assert.Equal([2.0, 2.0, 11.0], json.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("imR").GetDouble()));
        Assert.Equal([1.0, 2.0, 8.0], json.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("irLbl").GetDouble()));
    }

    [Fact]
    public void Analyze_SmallDataAsText_ShowsEachLabelAndTheMeasures()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", SmallData.Write(folder));

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(["MeanIR", "3.67"], result.Row("MeanIR"));
        Assert.Equal(["CVIR", "1.03"], result.Row("CVIR"));
        Assert.Equal(["C", "1", "11.00", "8.00", "yes"], result.Row("C"));
        Assert.Equal(["B", "4", "2.00", "2.00", "no"], result.Row("B"));
        Assert.Contains("ImR > 10 and IRLbl > MeanIR", result.Out);
    }

    [Theory]
    [InlineData("imr+irlbl", "11", 0)]
    [InlineData("imr+irlbl", "10", 1)]
    [InlineData("irlbl", "10", 1)]
    [InlineData("all", "10", 3)]
    public void Analyze_OtherMinorityRule_CountsOtherLabels(string rule, string cut, int expected)
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", SmallData.Write(folder), "--minority-rule", rule, "--minority-cut", cut, "--json");

        Assert.Equal(expected, result.Json().GetProperty("minorityLabelCount").GetInt32());
    }

    [Fact]
    public void Analyze_LabelNobodyHas_WritesNullForInfinity()
    {
        using var folder = new TempFolder();
        string path = folder.Write("one.arff", "@relation r\n@attribute x numeric\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n1,1,0\n2,0,0\n");

        CliResult result = InProcess.Run("analyze", path, "--labels", "a,b", "--json");

        JsonElement label = result.Json().GetProperty("labels")[1];
        Assert.Equal(JsonValueKind.Null, label.GetProperty("irLbl").ValueKind);
        Assert.Equal(JsonValueKind.Null, label.GetProperty("imR").ValueKind);
    }

    [Theory]
    [InlineData("--json", true)]
    [InlineData("--quiet", false)]
    [InlineData("--positive=1", true)]
    public void Analyze_MissingLabelTakenAsZero_WarnsOnceOnStandardErrorInEveryFormat(string format, bool hasResult)
    {
        using var folder = new TempFolder();
        string path = folder.Write("missing.arff", SmallData.Arff.Replace("1,0,1\n", "1,?,1\n", StringComparison.Ordinal));

        CliResult result = InProcess.Run("analyze", path, "--labels", "last:3", "--missing-labels", "zero", format);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.StartsWith("aemlo: warning: ", Assert.Single(result.Error.TrimEnd().Split('\n')));
        Assert.Equal(hasResult, result.Out.Length > 0);
    }

    [Fact]
    public void Analyze_QuietWithJson_StillGivesTheDocument()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", SmallData.Write(folder), "--quiet", "--json");

        Assert.Equal(12, result.Json().GetProperty("rows").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("first:0")]
    [InlineData("last:x")]
    [InlineData("A,")]
    [InlineData("A,A")]
    public void Analyze_LabelsThatNameNone_IsAUsageErrorThatNamesTheOption(string labels)
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", SmallData.Write(folder), "--labels", labels);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith("aemlo: error: --labels: ", result.Error);
    }

    [Theory]
    [InlineData("none.xml")]
    [InlineData("A,Z")]
    [InlineData("first:99")]
    public void Analyze_LabelsThatTheDataLacks_IsAnInputError(string labels)
    {
        using var folder = new TempFolder();

        Assert.Equal(ExitCodes.Input, InProcess.Run("analyze", SmallData.Write(folder), "--labels", labels).ExitCode);
    }

    [Fact]
    public void Analyze_BrokenRow_NamesFileAndLineAndEndsWithInputCode()
    {
        using var folder = new TempFolder();
        string path = folder.Write("bad.arff", SmallData.Arff.Replace("\n3.5,", "\nthree,", StringComparison.Ordinal));

        CliResult result = InProcess.Run("analyze", path, "--labels", "last:3");

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Empty(result.Out);
        string line = Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("aemlo: error: ", line);
        Assert.Contains("bad.arff:11:", line);
        Assert.Contains("'height'", line);
    }

    [Fact]
    public void Analyze_BrokenRowWithJson_GivesTheErrorAsADocumentToo()
    {
        using var folder = new TempFolder();
        string path = folder.Write("bad.arff", "@relation r\n");

        CliResult result = InProcess.Run("analyze", path, "--labels", "last:3", "--json");

        JsonElement error = result.Json().GetProperty("error");
        Assert.Equal(ExitCodes.Input, error.GetProperty("code").GetInt32());
        Assert.Equal("input", error.GetProperty("kind").GetString());
        Assert.Contains(error.GetProperty("message").GetString()!, result.Error);
    }

    [Fact]
    public void Analyze_FileThatIsNotThere_EndsWithInputCode()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("analyze", folder.File("none.arff"));

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains("none.arff", result.Error);
    }

    [Theory]
    [InlineData("bibtex", "12.50", "0.41")]
    [InlineData("enron", "73.95", "1.96")]
    [InlineData("yeast", "7.20", "1.88")]
    [InlineData("cal500", "20.58", "1.09")]
    [InlineData("corel5k", "189.57", "1.53")]
    public void Analyze_DataSetsOfThePaper_PrintsItsTable1(string name, string meanIR, string cvir)
    {
        CliResult result = InProcess.Run("analyze", RealData.Path($"{name}.arff"), "--labels", RealData.Path($"{name}.xml"));

        Assert.Equal(["MeanIR", meanIR], result.Row("MeanIR"));
        Assert.Equal(["CVIR", cvir], result.Row("CVIR"));
    }
}
