using AemloBridge.Cli.Output;

namespace AemloBridge.Cli;

/// <summary>What every command is given: where to write, and when to stop.</summary>
internal sealed record CommandContext(Terminal Terminal, CancellationToken Cancellation)
{
    /// <summary>Standard output itself, for what others read while the command runs; results wait in the terminal's until its end.</summary>
    public TextWriter Live { get; init; } = TextWriter.Null;

    /// <summary>What SIGHUP does.</summary>
    public HangUp HangUp { get; init; } = new();
}
