using AemloBridge.Server.Tests.Matrix.Table;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>A call whose messages are sent and read one by one.</summary>
internal sealed class OpenCall : IDisposable
{
    private readonly AsyncDuplexStreamingCall<IMessage, IMessage> _call;
    private readonly List<IMessage> _answers = [];

    public OpenCall(CallInvoker invoker, MethodDescriptor method, CallOptions options) =>
        _call = invoker.AsyncDuplexStreamingCall(Rpcs.BothWays(method), null, options);

    /// <summary>The answers that have been read.</summary>
    public IReadOnlyList<IMessage> Answers => _answers;

    /// <summary>Sends messages, as far as the server takes them: why it does not comes with the answers.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="complete">Whether the request ends with them.</param>
    public async Task SendAsync(IEnumerable<IMessage> messages, bool complete)
    {
        try
        {
            foreach (IMessage message in messages)
                await _call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
            if (complete)
                await _call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The call has ended.
        }
    }

    /// <summary>Reads on until an answer is as wanted; fails when the call ends before.</summary>
    /// <exception cref="RpcException">The call has failed.</exception>
    public async Task UntilAsync(Func<IMessage, bool> wanted)
    {
        do
            Assert.True(await NextAsync(), "the call ended early");
        while (!wanted(_answers[^1]));
    }

    /// <summary>Reads to the end and gives all answers.</summary>
    /// <exception cref="RpcException">The call has failed.</exception>
    public async Task<IReadOnlyList<IMessage>> RestAsync()
    {
        while (await NextAsync())
        {
        }

        return _answers;
    }

    /// <summary>Reads to the end and gives the status.</summary>
    public async Task<StatusCode> ReadToStatusAsync()
    {
        try
        {
            await RestAsync();
        }
        catch (RpcException)
        {
            // It is the status, too.
        }

        return _call.GetStatus().StatusCode;
    }

    /// <summary>Waits for a status that does not come from the server, and so not with the answers.</summary>
    public async Task<StatusCode> StatusAsync()
    {
        StatusCode? status = null;
        await Waiting.UntilAsync(() =>
        {
            status = StatusOrNull();
            return Task.FromResult(status is not null);
        });
        return status!.Value;
    }

    public void Dispose() => _call.Dispose();

    private async Task<bool> NextAsync()
    {
        if (!await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            return false;
        _answers.Add(_call.ResponseStream.Current);
        return true;
    }

    private StatusCode? StatusOrNull()
    {
        try
        {
            return _call.GetStatus().StatusCode;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
