namespace AemloBridge.Cli.Errors;

/// <summary>A command line that cannot be carried out as it stands.</summary>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class UsageException(string message) : Exception(message);
