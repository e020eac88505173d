namespace AemloBridge.Cli.Errors;

/// <summary>A file that cannot be written.</summary>
/// <param name="message">Which file, why, and what to do.</param>
/// <param name="inner">What was thrown below.</param>
internal sealed class OutputException(string message, Exception inner) : Exception(message, inner);
