using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Benchmarks.Serving;

/// <summary>A stream that nothing is done with, beside the real services in one server process.</summary>
internal sealed class BareStreamService : BareStream.BareStreamBase
{
    public override async Task<Count> Send(IAsyncStreamReader<Chunk> requestStream, ServerCallContext context)
    {
        long bytes = 0;
        await foreach (Chunk chunk in requestStream.ReadAllAsync(context.CancellationToken))
            bytes += chunk.Content.Length;
        return new Count { Bytes = bytes };
    }

    public override async Task Receive(Sizes request, IServerStreamWriter<Chunk> responseStream, ServerCallContext context)
    {
        var content = new byte[request.Bytes.DefaultIfEmpty(0).Max()];
        foreach (int size in request.Bytes)
            await responseStream.WriteAsync(new Chunk { Content = UnsafeByteOperations.UnsafeWrap(content.AsMemory(0, size)) }, context.CancellationToken);
    }
}
