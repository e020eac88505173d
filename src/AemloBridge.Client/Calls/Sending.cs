using Grpc.Core;

namespace AemloBridge.Client.Calls;

/// <summary>Sends the messages of an upload.</summary>
internal static class Sending
{
    /// <summary>Sends them one after the other, none made before there is room for it, and gives the answer.</summary>
    /// <exception cref="RpcException">The server refused, or the connection was lost.</exception>
    public static async Task<TResponse> AllAsync<TRequest, TResponse>(AsyncClientStreamingCall<TRequest, TResponse> call, IEnumerable<TRequest> messages, CancellationToken cancellation)
    {
        foreach (TRequest message in messages)
        {
            if (!await TryAsync(() => call.RequestStream.WriteAsync(message, cancellation), cancellation).ConfigureAwait(false))
                return await call.ResponseAsync.ConfigureAwait(false);
        }

        await TryAsync(call.RequestStream.CompleteAsync, cancellation).ConfigureAwait(false);
        return await call.ResponseAsync.ConfigureAwait(false);
    }

    /// <summary>
    /// False when the call has ended: a server that refuses ends it while messages are still on their way, and its reason
    /// is in the answer. A stream that is reset meanwhile shows itself as it is, as an IOException.
    /// </summary>
    private static async Task<bool> TryAsync(Func<Task> write, CancellationToken cancellation)
    {
        try
        {
            await write().ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException or IOException or HttpRequestException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
