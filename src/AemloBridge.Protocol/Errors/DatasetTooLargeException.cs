namespace AemloBridge.Protocol;

/// <summary>A data set beyond a limit of the receiver, or beyond what can be held at all.</summary>
/// <param name="message">Which limit, what was sent, and what to do.</param>
public sealed class DatasetTooLargeException(string message) : Exception(message);
