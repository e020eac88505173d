using AemloBridge.Server.Security;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Takes the tenant from a header, as the check of tokens takes it from a token.</summary>
internal sealed class TestTenant : Interceptor
{
    public const string Header = "test-tenant";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Set(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Set(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Set(context);
        return continuation(request, responseStream, context);
    }

    private static void Set(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue(Header) is { } tenant)
            context.SetTenant(tenant);
    }
}
