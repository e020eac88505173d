using Grpc.Core;

namespace AemloBridge.Server.Errors;

/// <summary>Requests that the gRPC stack could not read: it knows neither our details nor, for some, a code that tells what was wrong.</summary>
internal static class UnreadableRequest
{
    /// <summary>Bytes that are no protobuf message of the method, or compressed ones that cannot be decompressed.</summary>
    public static RequestException Malformed() =>
        new(StatusCode.InvalidArgument, Reasons.Unreadable, "the request's bytes are no protobuf message of this method; was the client built from these contracts?");

    /// <summary>What the stack's own status means.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="detail">Its message.</param>
    public static RequestException Of(StatusCode code, string detail) => code switch
    {
        StatusCode.ResourceExhausted => RequestException.Exhausted(Reasons.TooLarge, "a message of the request is larger than this server takes; see ServerLimits.max_chunk_bytes of GetServerInfo, and send smaller ones"),
        StatusCode.Internal => new RequestException(StatusCode.InvalidArgument, Reasons.Unreadable, $"the request is not framed as gRPC asks for: {detail}"),
        StatusCode.Unknown => Malformed(),
        _ => new RequestException(code, Reasons.Unreadable, detail),
    };
}
