namespace AemloBridge.Server.Errors;

/// <summary>The connection of a call broke, or its client reset it, before the request was read.</summary>
internal sealed class CallLostException(Exception inner) : OperationCanceledException("the connection was lost before the request ended", inner);
