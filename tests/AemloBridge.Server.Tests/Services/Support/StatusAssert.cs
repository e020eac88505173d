using AemloBridge.Server.Errors;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Statuses as clients see them.</summary>
internal static class StatusAssert
{
    /// <summary>The call ends with that code and reason, and with details that agree with it.</summary>
    public static async Task<RpcException> FailsAsync(StatusCode code, string reason, Func<Task> call)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(call);
        Check(exception, code, reason);
        return exception;
    }

    /// <summary>The call ends with INVALID_ARGUMENT for that field.</summary>
    public static async Task<string> InvalidAsync(string field, Func<Task> call)
    {
        RpcException exception = await FailsAsync(StatusCode.InvalidArgument, Reasons.InvalidArgument, call);
        BadRequest.Types.FieldViolation violation = Assert.Single(exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(violation.Description, exception.Status.Detail, StringComparison.Ordinal);
        return violation.Description;
    }

    /// <summary>The fields that the status names.</summary>
    public static IEnumerable<string> Fields(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? [];

    /// <summary>The status has that code and reason, and details that agree with it.</summary>
    public static void Check(RpcException exception, StatusCode code, string reason)
    {
        Assert.True(code == exception.StatusCode, exception.Status.ToString());
        Google.Rpc.Status? status = exception.GetRpcStatus();
        Assert.NotNull(status);
        Assert.Equal(((int)code, exception.Status.Detail), (status.Code, status.Message));
        ErrorInfo info = status.GetDetail<ErrorInfo>()!;
        Assert.Equal((reason, "aemlo"), (info.Reason, info.Domain));
        Assert.DoesNotContain("   at ", exception.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), exception.Status.Detail, StringComparison.Ordinal);
    }
}
