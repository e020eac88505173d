using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>Says of itself what a test wants.</summary>
internal sealed class FakeInfo : ServerService.ServerServiceBase
{
    public GetServerInfoResponse Answer { get; } = new() { ServerVersion = "9.9", OldestProtocolVersion = 1, NewestProtocolVersion = 1 };

    /// <summary>Thrown instead of answering; null answers.</summary>
    public RpcException? Failure { get; set; }

    /// <summary>Answers only when this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public List<(GetServerInfoRequest Request, Metadata Headers)> Asked { get; } = [];

    public override async Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context)
    {
        lock (Asked)
            Asked.Add((request, context.RequestHeaders));
        await Gate.WaitAsync(context.CancellationToken);
        return Failure is null ? Answer : throw Failure;
    }
}
