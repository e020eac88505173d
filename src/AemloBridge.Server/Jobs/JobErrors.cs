using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using Grpc.Core;

namespace AemloBridge.Server.Jobs;

/// <summary>Why jobs end without a result, in words.</summary>
internal static class JobErrors
{
    public static JobError Of(StatusCode code, string message) => new() { Code = (int)code, Message = message };

    public static JobError Of(RequestException refusal)
    {
        JobError error = Of(refusal.Code, refusal.Message);
        error.Problems.AddRange(refusal.Violations.Select(violation => new FieldProblem { Field = violation.Field, Description = violation.Description }));
        return error;
    }

    public static JobError TimeLimit(TimeSpan limit) =>
        Of(StatusCode.DeadlineExceeded, FormattableString.Invariant($"the job ran for its whole time limit of {limit.TotalSeconds:0.###} s; ask for a longer time_limit, or for fewer epochs"));

    public static JobError WorkerLost(string device, string how) =>
        Of(StatusCode.Internal, $"two attempts at the job lost their worker before they had a new checkpoint; the last one, on {device}, {how}");

    public static JobError NoWorker(string device, string why) =>
        Of(StatusCode.Unavailable, $"no worker starts on {device}: {why}; the server's log says more");

    public static JobError GpuTooSmall(long bytes) =>
        Of(StatusCode.ResourceExhausted, FormattableString.Invariant($"the job is estimated to need {bytes:N0} bytes of memory on a GPU, which is more than a job may need on any here; lower batch-size, hidden, latent or num"));

    public static JobError NoCuda(IEnumerable<string> devices) =>
        Of(StatusCode.FailedPrecondition, NoCudaText(devices));

    public static string NoCudaText(IEnumerable<string> devices) =>
        $"method.options[device] asks for cuda, and this server has {string.Join(", ", devices)}; ask for auto or cpu";
}
