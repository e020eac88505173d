namespace AemloBridge.Server.Workers.Inside;

/// <summary>A file of the server's own store that cannot be read as what it is.</summary>
internal sealed class DamagedInputException(string message, Exception inner) : Exception(message, inner);
