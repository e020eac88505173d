using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Help;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Help;

public class HelpWriterTests
{
    public static TheoryData<string> Commands =>
        [.. CommandLine.CreateRoot(new CommandContext(new Terminal(TextWriter.Null, TextWriter.Null, false, false), CancellationToken.None)).Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];

    [Fact]
    public void Help_OfRoot_ListsCommandsAndExitCodes()
    {
        CliResult result = InProcess.Run("--help");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.All(Commands, command => Assert.Contains($"\n  {command.Data} ", result.Out));
        Assert.All(ExitCodes.Meanings, pair => Assert.Contains($"{pair.Key}  {pair.Value}", result.Out));
    }

    [Fact]
    public void Help_OfRoot_DoesNotShowWhatTheServerStarts()
    {
        Assert.DoesNotContain("worker", InProcess.Run("--help").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("worker", InProcess.Run("[suggest:6]", "aemlo ").Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfACommand_HasAnExampleAndKeepsTheWidth(string command)
    {
        CliResult result = InProcess.Run(command, "--help");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains("\nExample:", result.Out.ReplaceLineEndings("\n"));
        Assert.All(result.Out.ReplaceLineEndings("\n").Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_Example_IsACommandLineThatParses(string name)
    {
        System.CommandLine.RootCommand root = CommandLine.CreateRoot(new CommandContext(new Terminal(TextWriter.Null, TextWriter.Null, false, false), CancellationToken.None));
        var command = Assert.IsType<AemloCommand>(root.Subcommands.Single(child => child.Name == name));
        string words = command.Example.Replace("source <(", string.Empty, StringComparison.Ordinal).TrimEnd(')');

        Assert.StartsWith($"aemlo {name}", words);
        UsageCheck.ThrowIfWrong(root.Parse(words["aemlo ".Length..]));
    }

    [Fact]
    public void Wrap_LongText_BreaksBetweenWordsAndLosesNone()
    {
        const string text = "one two three four five six seven extraordinarily";

        string[] lines = [.. HelpRow.Wrap(text, 10)];

        Assert.Equal(text, string.Join(' ', lines));
        Assert.Equal(["one two", "three four", "five six", "seven", "extraordinarily"], lines);
    }
}
