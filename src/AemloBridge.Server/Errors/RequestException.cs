using Grpc.Core;

namespace AemloBridge.Server.Errors;

/// <summary>One field of a request that is wrong.</summary>
/// <param name="Field">Its path in the request, for example <c>method.options[epochs]</c>.</param>
/// <param name="Description">What is wrong, and what would be right.</param>
internal sealed record FieldViolation(string Field, string Description);

/// <summary>
/// A request that cannot be met, in words for its sender. The one exception that services turn into a status as it is;
/// every other one becomes INTERNAL with a number to look up in the log.
/// </summary>
internal sealed class RequestException(StatusCode code, string reason, string message) : Exception(message)
{
    /// <summary>The gRPC code.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>The reason for programs, in UPPER_SNAKE_CASE; see <see cref="Reasons"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>When trying again may help; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What programs may want to know beside the reason: <c>google.rpc.ErrorInfo.metadata</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>A wrong field: INVALID_ARGUMENT.</summary>
    public static RequestException Invalid(string field, string description) =>
        new(StatusCode.InvalidArgument, Reasons.InvalidArgument, $"{field}: {description}") { Violations = [new FieldViolation(field, description)] };

    /// <summary>Something that the tenant does not have: NOT_FOUND.</summary>
    public static RequestException NotFound(string what, string id) =>
        new(StatusCode.NotFound, Reasons.NotFound, $"there is no {what} '{id}'");

    /// <summary>A limit, quota or full disk: RESOURCE_EXHAUSTED.</summary>
    public static RequestException Exhausted(string reason, string message, TimeSpan? retryAfter = null) =>
        new(StatusCode.ResourceExhausted, reason, message) { RetryAfter = retryAfter };
}
