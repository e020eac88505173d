using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using AemloBridge.Server.Tests.TestSupport;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>Whoever calls a server with a token, or without one.</summary>
internal class Caller(RunningServer server, string? token)
{
    /// <summary>What every call of it brings.</summary>
    public Metadata Headers => token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };

    /// <summary>What the server process has written to standard error since it was started last.</summary>
    public string ServerLog => server.Process.StandardError;

    /// <summary>Begins a call.</summary>
    /// <param name="method">The call.</param>
    /// <param name="deadline">Its deadline; null for one that nothing here takes.</param>
    /// <param name="cancellation">Cancels it; the end of the test does too.</param>
    public OpenCall Open(MethodDescriptor method, DateTime? deadline = null, CancellationToken? cancellation = null) => new(
        server.Channel.CreateCallInvoker(),
        method,
        new CallOptions(Headers, deadline ?? DateTime.UtcNow + JobsFixture.Limit, cancellation ?? TestContext.Current.CancellationToken));

    /// <summary>Makes a whole call and gives its answers.</summary>
    /// <exception cref="RpcException">It has failed.</exception>
    public async Task<IReadOnlyList<IMessage>> CallAsync(params IEnumerable<IMessage> request)
    {
        using OpenCall call = Open(Rpcs.Taking(request.First().Descriptor));
        await call.SendAsync(request, complete: true);
        return await call.RestAsync();
    }

    /// <summary>Makes a call that has one answer.</summary>
    /// <exception cref="RpcException">It has failed.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(params IEnumerable<IMessage> request)
        where TAnswer : IMessage => (TAnswer)Assert.Single(await CallAsync(request));
}
