using System.CommandLine;

namespace AemloBridge.Cli.Options;

/// <summary>How a command tells what it did: for people, for programs, or not at all.</summary>
internal sealed class ReportingOptions
{
    public const string JsonName = "--json";

    private readonly Option<bool> _json = OptionFactory.Switch(JsonName, "Write one JSON document to standard output, and nothing else there");

    public ReportingOptions(Command command) => command.Add(_json);

    /// <summary>Whether the result is wanted as JSON.</summary>
    public bool IsJson(ParseResult parse) => parse.GetValue(_json);
}
