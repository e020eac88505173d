using System.CommandLine;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Output.Progress;

namespace AemloBridge.Cli.Options;

/// <summary>How a training shows its progress on standard error.</summary>
internal sealed class ProgressOption
{
    private static readonly string[] Words = ["auto", "lines", "none"];

    private readonly Option<string> _progress = OptionFactory.Choice("--progress", "Progress on standard error: auto shows a live bar where that is a terminal and nothing elsewhere, lines writes one line per epoch", Words[0], Words);

    public ProgressOption(Command command) => command.Add(_progress);

    /// <summary>What was chosen, for this terminal.</summary>
    public ProgressStyle Get(ParseResult parse, Terminal terminal, bool quiet) => parse.GetValue(_progress) switch
    {
        _ when quiet => ProgressStyle.None,
        "lines" => ProgressStyle.Lines,
        "none" => ProgressStyle.None,
        _ => terminal.ErrorIsTerminal ? ProgressStyle.Live : ProgressStyle.None,
    };
}
