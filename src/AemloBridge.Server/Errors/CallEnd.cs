using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Server.Errors;

/// <summary>Why a call ended before its time: its deadline, or its client.</summary>
internal static class CallEnd
{
    // A client's own timer resets the call when the deadline comes. It may be ahead of ours by the time that connecting
    // took, since the deadline travels as what was left of it before.
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the call's deadline is over, or so near that its client's timer was what ended the call.</summary>
    public static bool IsDeadline(ServerCallContext context) =>
        context.Deadline != DateTime.MaxValue && context.Deadline - DateTime.UtcNow < Ahead;

    /// <summary>The status of such a call, should it still reach anybody.</summary>
    public static RequestException Status(ServerCallContext context) => IsDeadline(context)
        ? new RequestException(StatusCode.DeadlineExceeded, Reasons.DeadlineExceeded, "the call's deadline passed before it was done")
        : new RequestException(StatusCode.Cancelled, Reasons.Cancelled, "the call was cancelled by its client, or the connection was lost");

    /// <summary>What the job's record says when the end of the call ended the job.</summary>
    public static JobError JobError(ServerCallContext context) => IsDeadline(context)
        ? new JobError { Code = (int)StatusCode.DeadlineExceeded, Message = "the deadline of the call that started the job passed; ask for more time, or set keep_running" }
        : new JobError { Code = (int)StatusCode.Cancelled, Message = "the call that started the job was cancelled or lost its connection; set keep_running to let a job outlive its call" };
}
