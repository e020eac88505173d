using System.Globalization;
using System.Security.Authentication;
using AemloBridge.Client.Connections;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Client.Errors;

/// <summary>Turns what went wrong with a call into an exception that a person can use.</summary>
internal static class ServerErrors
{
    /// <summary>The exception for a failed call.</summary>
    /// <param name="address">The server.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="jobId">The job concerned, or null.</param>
    public static AemloServerException Of(ServerAddress address, RpcException failure, string? jobId = null)
    {
        Google.Rpc.Status? details = Details(failure);
        FieldViolation[] violations = [.. Detail<BadRequest>(details)?.FieldViolations.Select(violation => new FieldViolation(violation.Field, violation.Description)) ?? []];
        TimeSpan? retryAfter = RetryAfter(details);
        string reason = Detail<ErrorInfo>(details)?.Reason ?? string.Empty;
        if (reason.Length == 0 && IsTransport(failure))
            reason = AemloServerException.Unreachable;
        string text = $"server {address.Text}: {Sentence(failure, violations, reason)}{Advice(address, failure, reason, retryAfter)}";
        return new AemloServerException(failure.StatusCode, reason, text, failure)
        {
            Violations = violations,
            RetryAfter = retryAfter,
            JobId = jobId,
        };
    }

    /// <summary>The exception for an answer that does not keep the contract.</summary>
    public static AemloServerException BadAnswer(ServerAddress address, string what, string? jobId = null, Exception? inner = null) =>
        new(StatusCode.DataLoss, AemloServerException.BadAnswer, $"server {address.Text}: its answer cannot be used: {what}; check that client and server are of the same version ('aemlo doctor --server {address.Text}')", inner) { JobId = jobId };

    /// <summary>Whether the connection failed, and not the request.</summary>
    public static bool IsTransport(RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled
        && failure.Status.DebugException is not null;

    /// <summary>Whether the same request may succeed when it is made again soon.</summary>
    public static bool IsPassing(RpcException failure) =>
        (failure.StatusCode == StatusCode.Unavailable || IsTransport(failure)) && !IsEndOfJob(failure);

    /// <summary>Whether the status is the end of a job: whatever its code is, attaching again only gives it again.</summary>
    public static bool IsEndOfJob(RpcException failure) =>
        Detail<ErrorInfo>(Details(failure)) is { Domain: "aemlo", Reason: "JOB_FAILED" or "JOB_CANCELLED" or "WORKER_LOST" };

    /// <summary>When the server wants a request again that it had no room for; null where waiting does not help.</summary>
    public static TimeSpan? WaitsFor(RpcException failure) =>
        failure.StatusCode == StatusCode.ResourceExhausted ? RetryAfter(Details(failure)) : null;

    /// <summary>Whether the certificate was refused: trying again does not help then.</summary>
    public static bool IsCertificate(RpcException failure) => Chain(failure.Status.DebugException).Any(exception => exception is AuthenticationException);

    /// <summary>A time in words.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0.1, time.TotalSeconds):0.#} s");

    private static string Sentence(RpcException failure, FieldViolation[] violations, string reason)
    {
        if (reason == AemloServerException.Unreachable)
            return Chain(failure.Status.DebugException).Last().Message.TrimEnd('.');
        string detail = failure.Status.Detail.TrimEnd('.');
        if (detail.Length == 0)
            detail = violations.Length > 0 ? string.Join("; ", violations.Select(violation => $"{violation.Field}: {violation.Description}")) : $"it answered {failure.StatusCode} without a reason";
        return detail;
    }

    private static string Advice(ServerAddress address, RpcException failure, string reason, TimeSpan? retryAfter)
    {
        string advice = failure.StatusCode switch
        {
            _ when IsCertificate(failure) => "its certificate is not trusted here; name its authority (AemloClientOptions.CaFile, --server-ca FILE), and check that the address is the name in the certificate",
            _ when reason == AemloServerException.Unreachable => $"is the server running, and is the address right? 'aemlo serve' starts one; one with TLS has an address that begins with https://{(address.IsEncrypted ? ", one without http://" : string.Empty)}",
            StatusCode.Unauthenticated => "pass the token that its administrator gave you (AemloClientOptions.Token; --token-file FILE or the variable AEMLO_TOKEN)",
            StatusCode.Unimplemented => "is this an AEMLO Bridge server, and of the same version?",
            StatusCode.Unavailable => "try again shortly",
            _ => string.Empty,
        };
        if (advice.Length == 0 && retryAfter is { } wait)
            advice = $"try again in {Seconds(wait)}";
        return advice.Length == 0 ? string.Empty : $"; {advice}";
    }

    private static Google.Rpc.Status? Details(RpcException failure)
    {
        try
        {
            return failure.GetRpcStatus();
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or FormatException or InvalidOperationException)
        {
            // Whatever sent it is no AEMLO Bridge server; code and text are still there.
            return null;
        }
    }

    private static T? Detail<T>(Google.Rpc.Status? details)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return details?.GetDetail<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(Google.Rpc.Status? details)
    {
        try
        {
            return Detail<RetryInfo>(details)?.RetryDelay?.ToTimeSpan();
        }
        catch (Exception exception) when (exception is InvalidOperationException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
