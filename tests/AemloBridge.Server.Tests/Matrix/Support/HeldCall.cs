using AemloBridge.Server.Tests.Matrix.Table;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>Calls that are brought as far as their row says, and left there.</summary>
internal static class HeldCall
{
    // The checkpoint of an epoch is on the disk before the next but one is told of.
    private const uint WithCheckpoint = 3;

    /// <summary>Makes a row's call as far as it is held.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">What the request is about.</param>
    /// <param name="held">How far; null for as far as the row says.</param>
    /// <param name="deadline">The call's deadline.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="RpcException">It ended before.</exception>
    public static async Task<OpenCall> HoldAsync(this Caller caller, RpcRow row, Target target, Held? held = null, DateTime? deadline = null, CancellationToken? cancellation = null)
    {
        OpenCall call = caller.Open(row.Method, deadline, cancellation);
        try
        {
            await HoldAsync(call, row, [.. row.Request(target)], held ?? row.Held);
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private static async Task HoldAsync(OpenCall call, RpcRow row, IMessage[] request, Held held)
    {
        await call.SendAsync(row.Method.IsClientStreaming ? request.SkipLast(1) : request, complete: held != Held.Unfinished);
        switch (held)
        {
            case Held.Answering:
                await call.UntilAsync(_ => true);
                break;
            case Held.Running:
                await call.UntilAsync(answer => JobAnswers.Event(answer).Progress?.Epoch >= WithCheckpoint);
                break;
            case Held.Waiting:
                await call.UntilAsync(answer => JobAnswers.Event(answer).Queued is not null);
                break;
        }
    }
}
