using System.Globalization;
using AemloBridge.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AemloBridge.Server.Errors;

/// <summary>Refuses calls whose header asks for a version of the contracts that this server does not speak.</summary>
internal sealed class ProtocolVersionInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(requestStream, responseStream, context);
    }

    /// <summary>Refuses a version that this server does not speak; 0 is not checked.</summary>
    /// <exception cref="RequestException">FAILED_PRECONDITION: it says which side is too old.</exception>
    public static void Require(uint version)
    {
        if (version is 0 or (>= ProtocolVersion.Oldest and <= ProtocolVersion.Newest))
            return;
        string spoken = ProtocolVersion.Oldest == ProtocolVersion.Newest
            ? $"version {ProtocolVersion.Newest}"
            : $"versions {ProtocolVersion.Oldest} to {ProtocolVersion.Newest}";
        string message = version > ProtocolVersion.Newest
            ? $"this server is too old for the client: the client was written for version {version} of the protocol, the server speaks {spoken}; update the server, or use an older client"
            : $"this client is too old for the server: it was written for version {version} of the protocol, the server speaks {spoken}; update the client";
        throw new RequestException(StatusCode.FailedPrecondition, Reasons.ProtocolVersion, message)
        {
            Metadata = new Dictionary<string, string>
            {
                ["oldest"] = ProtocolVersion.Oldest.ToString(CultureInfo.InvariantCulture),
                ["newest"] = ProtocolVersion.Newest.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    private static void Require(ServerCallContext context)
    {
        foreach (Metadata.Entry header in context.RequestHeaders)
        {
            if (header.IsBinary || header.Key != ProtocolVersion.Header)
                continue;
            if (!uint.TryParse(header.Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint version))
                throw RequestException.Invalid($"header {ProtocolVersion.Header}", "not a whole number; it takes the version of the protocol that the client was written for, for example 1");
            Require(version);
        }
    }
}
