using System.CommandLine;

namespace AemloBridge.Cli.Options;

/// <summary>The file a command writes.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string> _output;

    private readonly Option<bool> _force = OptionFactory.Switch("--force", "Overwrite files that exist");

    public OutputOptions(Command command, string valueName, string description)
    {
        _output = new Option<string>("--output", "-o") { HelpName = valueName, Description = description, Required = true };
        OptionFactory.RefuseEmpty(_output);
        command.Add(_output);
        command.Add(_force);
    }

    /// <summary>The path as given.</summary>
    public string Path(ParseResult parse) => parse.GetRequiredValue(_output);

    /// <summary>Whether files that exist may be replaced.</summary>
    public bool Overwrite(ParseResult parse) => parse.GetValue(_force);
}
