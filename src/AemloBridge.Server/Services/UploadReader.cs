using AemloBridge.Server.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Services;

/// <summary>
/// Reads the messages of an upload, and ends it when they come too slowly: for streams that clients send, neither Kestrel
/// nor gRPC sets a least rate.
/// </summary>
internal sealed class UploadReader<T>(IAsyncStreamReader<T> stream, TimeSpan longestPause, TimeProvider time, CancellationToken cancellationToken)
    where T : class
{
    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="RequestException">DEADLINE_EXCEEDED: the pause was too long; INVALID_ARGUMENT, RESOURCE_EXHAUSTED: the message cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<T?> NextAsync()
    {
        // The stream's own token would abort the connection, and with it the status that says why.
        Task<bool> next = stream.MoveNext(CancellationToken.None);
        try
        {
            bool more = next.IsCompleted || longestPause <= TimeSpan.Zero
                ? await next.WaitAsync(cancellationToken)
                : await next.WaitAsync(longestPause, time, cancellationToken);
            return more ? stream.Current : null;
        }
        catch (TimeoutException)
        {
            throw new RequestException(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, $"no message for {longestPause.TotalSeconds:0.###} s; send them faster, and upload again");
        }
        catch (RpcException exception)
        {
            throw UnreadableRequest.Of(exception.StatusCode, exception.Status.Detail);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            throw UnreadableRequest.Malformed();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            throw new CallLostException(exception);
        }
        finally
        {
            if (!next.IsCompleted)
                _ = next.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
