using AemloBridge.Cli.Output;

namespace AemloBridge.Cli;

/// <summary>What every command is given: where to write, and when to stop.</summary>
internal sealed record CommandContext(Terminal Terminal, CancellationToken Cancellation);
