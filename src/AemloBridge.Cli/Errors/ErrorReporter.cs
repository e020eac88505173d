using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Errors;

/// <summary>Tells a failure: one line on standard error, and with --json also a document on standard output.</summary>
internal static class ErrorReporter
{
    private const string DebugVariable = "AEMLO_DEBUG";

    /// <summary>Reports a failure.</summary>
    /// <param name="failure">What the exception stands for.</param>
    /// <param name="exception">Where it comes from; shown where AEMLO_DEBUG asks for it.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="json">Whether --json was given.</param>
    public static void Report(Failure failure, Exception exception, Terminal terminal, bool json)
    {
        terminal.Error.WriteLine(exception is OperationCanceledException ? "aemlo: cancelled" : $"aemlo: error: {failure.Message}");
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
    }
}
