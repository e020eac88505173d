using System.Runtime.CompilerServices;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Jobs;

/// <summary>The events of a job, whichever call they come from.</summary>
internal static class Events
{
    /// <summary>Reads a call to its end; ends the call when the reader stops.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public static async IAsyncEnumerable<JobEvent> Of<T>(AsyncServerStreamingCall<T> call, Func<T, JobEvent?> get, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using (call)
        {
            while (await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
                yield return get(call.ResponseStream.Current) ?? new JobEvent();
        }
    }
}
