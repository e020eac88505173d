using AemloBridge.Client.Connections;
using AemloBridge.Client.Errors;
using Grpc.Core;

namespace AemloBridge.Client.Calls;

/// <summary>Makes calls to one server: time limits, tries and errors are decided here and nowhere else.</summary>
internal sealed class Caller(ServerAddress address, AemloClientOptions options)
{
    public ServerAddress Address => address;

    public AemloClientOptions Options => options;

    /// <summary>Makes a call with one answer, again when the connection fails.</summary>
    /// <param name="call">Starts the call.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="retries">Tries after the first; null for those of the options.</param>
    /// <exception cref="AemloServerException">It failed.</exception>
    public Task<T> AskAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation, int? retries = null) => TryAsync(
        async _ =>
        {
            using AsyncUnaryCall<T> running = call(new CallOptions(deadline: Deadline(), cancellationToken: cancellation));
            return await running.ResponseAsync.ConfigureAwait(false);
        },
        cancellation,
        retries);

    /// <summary>Does what may be done again when the connection fails.</summary>
    /// <param name="attempt">The work; told which try it is, from 0.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="retries">Tries after the first; null for those of the options.</param>
    /// <exception cref="AemloServerException">It failed.</exception>
    public async Task<T> TryAsync<T>(Func<int, Task<T>> attempt, CancellationToken cancellation, int? retries = null)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                return await attempt(failures).ConfigureAwait(false);
            }
            catch (RpcException failure)
            {
                cancellation.ThrowIfCancellationRequested();
                if (failures >= (retries ?? options.Retries) || !ServerErrors.IsPassing(failure) || ServerErrors.IsCertificate(failure))
                    throw Error(failure);
            }

            await Task.Delay(Pause(failures), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>When a call that begins now must have been answered.</summary>
    public DateTime Deadline() => DateTime.UtcNow + options.CallTimeout;

    /// <summary>The exception for a failed call.</summary>
    public AemloServerException Error(RpcException failure, string? jobId = null)
    {
        if (failure.StatusCode == StatusCode.DeadlineExceeded && failure.Trailers.Count == 0)
            failure = new RpcException(new Status(StatusCode.DeadlineExceeded, $"no answer within {ServerErrors.Seconds(options.CallTimeout)}; it may be too busy, or hang"));
        return ServerErrors.Of(address, failure, jobId);
    }

    /// <summary>The pause after so many failures in a row, spread so that many clients do not come back at once.</summary>
    public TimeSpan Pause(int failures)
    {
        double longest = Math.Min(options.MaxRetryDelay.TotalMilliseconds, options.FirstRetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromMilliseconds(longest * (0.8 + (0.2 * Random.Shared.NextDouble())));
    }
}
