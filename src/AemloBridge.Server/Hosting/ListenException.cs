namespace AemloBridge.Server.Hosting;

/// <summary>An address that the server cannot listen on.</summary>
/// <param name="message">Which one, why, and what to do.</param>
/// <param name="inner">What was thrown below.</param>
internal sealed class ListenException(string message, Exception? inner = null) : Exception(message, inner);
