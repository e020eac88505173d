using System.CommandLine;

namespace AemloBridge.Cli.Options;

/// <summary>How a command tells what it did: in words, as JSON, or not at all.</summary>
internal sealed class ReportingOptions
{
    public const string JsonName = "--json";

    private readonly Option<bool> _json = OptionFactory.Switch(JsonName, "Write one JSON document to standard output, and nothing else there");

    private readonly Option<bool> _quiet = OptionFactory.Switch("--quiet", "Write no tables and no progress; warnings and errors only");

    public ReportingOptions(Command command)
    {
        command.Add(_json);
        command.Add(_quiet);
    }

    /// <summary>Whether the result is wanted as JSON.</summary>
    public bool IsJson(ParseResult parse) => parse.GetValue(_json);

    /// <summary>Whether only warnings and errors are wanted, beside JSON if that is wanted too.</summary>
    public bool IsQuiet(ParseResult parse) => parse.GetValue(_quiet);
}
