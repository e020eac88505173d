using AemloBridge.Server.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>A request that cannot be met, and what the server says to it.</summary>
/// <param name="Request">The messages.</param>
/// <param name="Code">The status.</param>
/// <param name="Reason">The reason for programs.</param>
/// <param name="Field">The field that is named; null where the status names none.</param>
internal sealed record Refusal(IReadOnlyList<IMessage> Request, StatusCode Code, string Reason, string? Field)
{
    /// <summary>A field is at fault.</summary>
    public static Refusal Names(string field, params IReadOnlyList<IMessage> request) =>
        new(request, StatusCode.InvalidArgument, Reasons.InvalidArgument, field);
}
