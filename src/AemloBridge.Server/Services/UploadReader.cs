using AemloBridge.Server.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Services;

/// <summary>
/// Reads the messages of an upload, and ends it when they come too slowly: for streams that clients send, neither Kestrel
/// nor gRPC sets a least rate.
/// </summary>
internal sealed class UploadReader<T> : IDisposable
    where T : class
{
    private readonly IAsyncStreamReader<T> _stream;
    private readonly TimeSpan _longestPause;
    private readonly TimeSpan _longest;
    private readonly CancellationToken _call;
    private readonly CancellationTokenSource _pause;
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _either;

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="longestPause">The longest time between two messages; 0 for no limit.</param>
    /// <param name="longest">The longest time for all messages; 0 for no limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="call">The end of the call.</param>
    public UploadReader(IAsyncStreamReader<T> stream, TimeSpan longestPause, TimeSpan longest, TimeProvider time, CancellationToken call)
    {
        _stream = stream;
        _longestPause = longestPause > TimeSpan.Zero ? longestPause : Timeout.InfiniteTimeSpan;
        _longest = longest > TimeSpan.Zero ? longest : Timeout.InfiniteTimeSpan;
        _call = call;
        _pause = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _whole = new CancellationTokenSource(_longest, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(call, _pause.Token, _whole.Token);
    }

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="RequestException">DEADLINE_EXCEEDED: the pause, or the whole upload, was too long; INVALID_ARGUMENT, RESOURCE_EXHAUSTED: the message cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<T?> NextAsync()
    {
        try
        {
            _pause.CancelAfter(_longestPause);
            // Cancelled, not left alone: the connection's next call gets the pipe that a forgotten read still waits for.
            bool more = await _stream.MoveNext(_either.Token);
            _pause.CancelAfter(Timeout.InfiniteTimeSpan);
            return more ? _stream.Current : null;
        }
        catch (OperationCanceledException) when (_pause.IsCancellationRequested && !_call.IsCancellationRequested)
        {
            throw new RequestException(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, $"no message for {_longestPause.TotalSeconds:0.###} s; send them faster, and upload again");
        }
        catch (OperationCanceledException) when (_whole.IsCancellationRequested && !_call.IsCancellationRequested)
        {
            throw new RequestException(StatusCode.DeadlineExceeded, Reasons.UploadTooSlow, $"the upload was not done within {_longest.TotalSeconds:0.###} s; send its messages faster, and upload again");
        }
        catch (RpcException exception)
        {
            throw UnreadableRequest.Of(exception.StatusCode, exception.Status.Detail);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            throw UnreadableRequest.Malformed();
        }
        catch (IOException exception)
        {
            throw new CallLostException(exception);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _pause.Dispose();
        _whole.Dispose();
    }
}
