using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Output.Progress;
using Spectre.Console;

namespace AemloBridge.Cli.Tests.Output.Progress;

public class EpochTextTests
{
    private static readonly EpochReport Report = new(12, 50, new LossTerms(1, 2, 3, 4, 5, 6, 7, 8.123456), 0.4567, OnValidation: true, 12345.6, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(95));

    [Fact]
    public void State_Report_NamesEpochScoreSpeedAndTimeLeft() =>
        Assert.Equal("epoch 12/50  macro-F 0.457 (validation rows)  12,346 rows/s  1:35 left", EpochText.State(Report));

    [Fact]
    public void Losses_Report_NamesEveryTerm() =>
        Assert.Equal("total 1  correlation 2  orthonormality-x 3  orthonormality-y 4  reconstruction 5  structure 6  ranking 7  cross-entropy 8.123", EpochText.Losses(Report));

    [Theory]
    [InlineData(5, "0:05")]
    [InlineData(3725, "1:02:05")]
    [InlineData(360000, "100:00:00")]
    public void Time_Seconds_IsReadable(int seconds, string expected) => Assert.Equal(expected, EpochText.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void ProgressView_Report_DrawsABarAndAllOfTheText()
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;

        console.Write(ProgressView.Of(Report));

        Assert.Equal(24 * 12 / 50, output.ToString().Count(letter => letter == '━'));
        Assert.Contains(EpochText.State(Report), output.ToString());
        Assert.Contains(EpochText.Losses(Report), output.ToString());
    }
}
