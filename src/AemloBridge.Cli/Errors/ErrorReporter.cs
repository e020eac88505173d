using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Errors;

/// <summary>Tells a failure: one line on standard error, and with --json also a document on standard output.</summary>
internal static class ErrorReporter
{
    private const string DebugVariable = "AEMLO_DEBUG";

    /// <summary>Reports an exception and gives the exit code.</summary>
    public static int Report(Exception exception, Terminal terminal, bool json)
    {
        Failure failure = Failure.From(exception);
        terminal.Error.WriteLine(failure.Code == ExitCodes.Cancelled ? "aemlo: cancelled" : $"aemlo: error: {failure.Message}");
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
            terminal.Error.WriteLine(exception);
        if (json)
        {
            Json.Write(terminal.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartObject("error");
                writer.WriteNumber("code", failure.Code);
                writer.WriteString("kind", failure.Kind);
                writer.WriteString("message", failure.Message);
                writer.WriteEndObject();
                writer.WriteEndObject();
            });
        }

        return failure.Code;
    }
}
