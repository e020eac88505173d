using System.CommandLine;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Options;

/// <summary><c>--report</c>: where to write how a run went.</summary>
internal sealed class ReportOption
{
    public const string Name = "--report";

    private readonly Option<string?> _option = OptionFactory.Text(Name, "RUN.json", "Write how the run went to this file: options, versions, seed, losses, the seed row of every new row, and more");

    public ReportOption(Command command) => command.Add(_option);

    /// <summary>The file, or null when no report is wanted.</summary>
    public string? Path(ParseResult parse) => parse.GetValue(_option);

    /// <summary>The file as one of those that a command writes.</summary>
    public (string Option, string? Path) File(ParseResult parse) => (Name, Path(parse));

    /// <summary>Checks before any work that the report can be written.</summary>
    /// <exception cref="Errors.OutputException">It cannot.</exception>
    public void Check(ParseResult parse, bool overwrite)
    {
        if (Path(parse) is { } path)
            Writing.Check(path, overwrite);
    }
}
