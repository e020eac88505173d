using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>Runs <c>aemlo</c> inside the test process.</summary>
internal static class InProcess
{
    public static CliResult Run(params string[] args) => Run(CancellationToken.None, args);

    public static CliResult Run(CancellationToken cancellation, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = CommandLine.Run(args, new Terminal(output, error, OutIsTerminal: false, ErrorIsTerminal: false), cancellation);
        return new CliResult(code, output.ToString(), error.ToString());
    }
}
