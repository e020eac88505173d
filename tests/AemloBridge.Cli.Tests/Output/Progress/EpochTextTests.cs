using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Output.Progress;
using Spectre.Console;

namespace AemloBridge.Cli.Tests.Output.Progress;

public class EpochTextTests
{
    private static readonly EpochReport Report = new(12, 50, new LossTerms(1, 2, 3, 4, 5, 6, 7, 8.123456), 0.4567, OnValidation: true, 12345.6, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(95));

    [Fact]
    public void Line_Report_NamesEpochSpeedTimeLeftScoreAndTerms()
    {
        Assert.StartsWith("epoch 12/50  12,346 rows/s  1:35 left  macro-F 0.457 (validation rows)  total 1  ", EpochText.Line(Report), StringComparison.Ordinal);
        Assert.EndsWith(EpochText.Losses(Report), EpochText.Line(Report), StringComparison.Ordinal);
    }

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
        string drawn = Draw(Report, width: 200);

        Assert.Equal(24 * 12 / 50, drawn.Count(letter => letter == '━'));
        Assert.Contains(EpochText.Pace(Report), drawn, StringComparison.Ordinal);
        Assert.Contains($"{EpochText.Score(Report)}  {EpochText.Losses(Report)}", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressView_LongEpochOn80Columns_KeepsBarAndPaceOnOneLine()
    {
        EpochReport longest = Report with { Epoch = 1000, Epochs = 1000, RowsPerSecond = 987_654, Remaining = TimeSpan.FromHours(100) };

        Assert.EndsWith("epoch 1000/1000  987,654 rows/s  100:00:00 left", Draw(longest, width: 80).Split('\n')[0].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Live_TerminalThatCannotMoveItsCursor_GetsOneLinePerEpoch()
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var terminal = new Terminal(TextWriter.Null, output, OutIsTerminal: true, ErrorIsTerminal: true);

        TrainingProgress.Live(console, terminal, 50, progress =>
        {
            progress!.Report(Report);
            progress.Report(Report with { Epoch = 13 });
            return 0;
        });

        Assert.Equal([EpochText.Line(Report), EpochText.Line(Report with { Epoch = 13 })], output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Draw(EpochReport report, int width)
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Write(ProgressView.Of(report));
        return output.ToString();
    }
}
