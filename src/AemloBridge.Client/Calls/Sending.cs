using Grpc.Core;

namespace AemloBridge.Client.Calls;

/// <summary>Sends the messages of an upload.</summary>
internal static class Sending
{
    /// <summary>Sends them one after the other, none before there is room for it, and gives the answer.</summary>
    /// <exception cref="RpcException">The server refused, or the connection was lost.</exception>
    public static async Task<TResponse> AllAsync<TRequest, TResponse>(AsyncClientStreamingCall<TRequest, TResponse> call, IEnumerable<TRequest> messages, CancellationToken cancellation)
    {
        try
        {
            foreach (TRequest message in messages)
                await call.RequestStream.WriteAsync(message, cancellation).ConfigureAwait(false);
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException && !cancellation.IsCancellationRequested)
        {
            // A server that refuses ends the call while messages are still on their way; its reason is in the answer.
        }

        return await call.ResponseAsync.ConfigureAwait(false);
    }
}
