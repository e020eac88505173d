using System.Text;
using AemloBridge.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace AemloBridge.Server.Errors;

/// <summary>Puts a <see cref="RequestException"/> into the form that travels: <c>google.rpc.Status</c> in the trailers.</summary>
internal static class StatusDetails
{
    // Clients refuse trailers above 8 KiB. The message travels twice, once with every byte beyond ASCII as three, and the
    // details in base64: these bounds keep the sum below that.
    private const int MaxMessageBytes = 1000;
    private const int MaxViolationBytes = 2000;
    private const int MaxMetadataBytes = 200;

    /// <summary>The status with all details.</summary>
    public static Status Of(RequestException exception)
    {
        var status = new Status { Code = (int)exception.Code, Message = Shortened(exception.Message, MaxMessageBytes) };
        var info = new ErrorInfo { Reason = exception.Reason, Domain = Reasons.Domain };
        foreach ((string key, string value) in exception.Metadata)
            info.Metadata[key] = Shortened(value, MaxMetadataBytes);
        status.Details.Add(Any.Pack(info));
        if (exception.Violations.Count > 0)
            status.Details.Add(Any.Pack(Violations(exception.Violations)));
        if (exception.RetryAfter is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        return status;
    }

    /// <summary>What a service throws so that the client sees the status with all details.</summary>
    public static RpcException ToRpcException(RequestException exception) => Of(exception).ToRpcException();

    /// <summary>The error of a job that ended without a result, as the status of the call that waits for it.</summary>
    /// <param name="error">Why it ended.</param>
    /// <param name="reason">JOB_FAILED, JOB_CANCELLED or WORKER_LOST.</param>
    /// <param name="jobId">The job.</param>
    public static RequestException OfJob(JobError error, string reason, string jobId)
    {
        var code = (StatusCode)error.Code;
        if (!System.Enum.IsDefined(code) || code is StatusCode.OK or StatusCode.Unknown)
            code = StatusCode.Internal;
        return new RequestException(code, reason, error.Message)
        {
            Violations = [.. error.Problems.Select(problem => new FieldViolation(problem.Field, problem.Description))],
            Metadata = new Dictionary<string, string> { ["job_id"] = jobId },
        };
    }

    private static BadRequest Violations(IReadOnlyList<FieldViolation> violations)
    {
        var request = new BadRequest();
        int left = MaxViolationBytes;
        foreach (FieldViolation violation in violations)
        {
            var field = new BadRequest.Types.FieldViolation
            {
                Field = Shortened(violation.Field, MaxMetadataBytes),
                Description = Shortened(violation.Description, MaxMessageBytes),
            };
            left -= field.CalculateSize();
            if (left < 0)
                break;
            request.FieldViolations.Add(field);
        }

        return request;
    }

    private static string Shortened(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        var kept = new StringBuilder();
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes - 3)
                break;
            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }
}
