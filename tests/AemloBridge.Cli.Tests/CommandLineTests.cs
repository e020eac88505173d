using System.Text.Json;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Run_NearlyAHiddenCommand_SuggestsNothing()
    {
        CliResult result = InProcess.Run("workr");

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Equal("aemlo: error: unknown command 'workr'; see 'aemlo --help'", result.Error.Trim());
    }

    [Theory]
    [InlineData("analize", "unknown command 'analize' (did you mean 'analyze'?)")]
    [InlineData("qqqqqqqq", "unknown command 'qqqqqqqq'; see 'aemlo --help'")]
    public void Run_UnknownCommand_SuggestsTheNearest(string command, string expected)
    {
        CliResult result = InProcess.Run(command);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains(expected, result.Error);
    }

    [Theory]
    [InlineData("analyze", "--labls", "x.xml", "data.arff")]
    [InlineData("analyze", "data.arff", "--labls", "x.xml")]
    [InlineData("analyze", "data.arff", "--labls=x.xml")]
    public void Run_UnknownOption_SuggestsTheNearestWhereverItStands(params string[] args)
    {
        CliResult result = InProcess.Run(args);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("(did you mean '--labels'?); see 'aemlo analyze --help'", result.Error);
    }

    [Fact]
    public void Run_DataAfterDoubleDash_MayBeginWithADash()
    {
        CliResult result = InProcess.Run("analyze", "--", "--no-such-file.arff");

        Assert.Equal(ExitCodes.Input, result.ExitCode);
    }

    [Fact]
    public void Run_ValueOutOfRange_SaysTheSameAsTheCatalogue()
    {
        CliResult result = InProcess.Run("analyze", "data.arff", "--minority-cut", "0.5", "--json");

        string expected = Assert.Throws<AemloOptionException>(() => AemloOptionCatalog.Get("minority-cut").Apply(AemloPresets.Default, "0.5")).Message;
        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(expected, result.Error);
        JsonElement error = result.Json().GetProperty("error");
        Assert.Equal(ExitCodes.Usage, error.GetProperty("code").GetInt32());
        Assert.Equal("usage", error.GetProperty("kind").GetString());
    }

    [Fact]
    public void Run_WrongChoice_ListsTheWords()
    {
        CliResult result = InProcess.Run("analyze", "data.arff", "--missing-labels", "ignore");

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("--missing-labels: 'ignore' is not one of the words; allowed: refuse | zero", result.Error);
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("analyze", "a.arff", "b.arff")]
    [InlineData("analyze", "a.arff", "--labels")]
    [InlineData("completion", "csh")]
    public void Run_CommandLineThatDoesNotFit_IsAUsageError(params string[] args)
    {
        CliResult result = InProcess.Run(args);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith("aemlo: error: ", result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Run_NoCommand_ShowsHelpOnStandardErrorAndIsAUsageError()
    {
        CliResult result = InProcess.Run();

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains("Commands:", result.Error);
    }

    [Fact]
    public void Run_CancelledBeforeItBegins_EndsWith130AndSaysCancelled()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run(new CancellationToken(canceled: true), "analyze", SmallData.Write(folder));

        Assert.Equal(ExitCodes.Cancelled, result.ExitCode);
        Assert.Equal("aemlo: cancelled", result.Error.TrimEnd());
    }

    [Fact]
    public void Run_Version_PrintsOneLine()
    {
        CliResult result = InProcess.Run("--version");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Matches(@"^aemlo \d+\.\d+\.\d+\S*\r?\n$", result.Out);
    }
}
