using Grpc.Core;

namespace AemloBridge.Client;

/// <summary>One field of a request that a server refused.</summary>
/// <param name="Field">Its path in the request, for example <c>method.options[epochs]</c>.</param>
/// <param name="Description">What is wrong, and what would be right.</param>
public sealed record FieldViolation(string Field, string Description);

/// <summary>
/// A server that cannot be reached, that refused a request, or that lost a job. The message is for a person: it names the
/// server, says what happened and what to do.
/// </summary>
public sealed class AemloServerException : Exception
{
    /// <summary>The <see cref="Reason"/> of an answer that does not keep the contract.</summary>
    public const string BadAnswer = "BAD_ANSWER";

    /// <summary>The <see cref="Reason"/> of a server that speaks no version of the contracts that this client speaks.</summary>
    public const string ProtocolVersion = "PROTOCOL_VERSION";

    /// <summary>The <see cref="Reason"/> of a server that cannot be reached, or whose connection was lost for good.</summary>
    public const string Unreachable = "UNREACHABLE";

    /// <summary>An error with all that is known of it.</summary>
    /// <param name="code">The gRPC code.</param>
    /// <param name="reason">The reason for programs, in UPPER_SNAKE_CASE; empty when there is none.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">What was thrown below, or null.</param>
    public AemloServerException(StatusCode code, string reason, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Reason = reason;
    }

    /// <summary>The gRPC code.</summary>
    public StatusCode Code { get; }

    /// <summary>The reason for programs, in UPPER_SNAKE_CASE, as <c>google.rpc.ErrorInfo</c> gives it; empty when there is none.</summary>
    public string Reason { get; }

    /// <summary>The fields at fault; empty when none is named.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>When trying again may help; null where the server does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The job concerned, which may still be on the server; null when there is none.</summary>
    public string? JobId { get; init; }
}
