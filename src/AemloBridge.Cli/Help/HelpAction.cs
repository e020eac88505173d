using System.CommandLine;
using System.CommandLine.Invocation;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Help;

/// <summary>Carries out --help.</summary>
internal sealed class HelpAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HelpWriter.Write(parseResult.CommandResult.Command, terminal.Out, terminal.Width);
        return ExitCodes.Ok;
    }
}
