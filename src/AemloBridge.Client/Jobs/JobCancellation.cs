using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Jobs;

/// <summary>Ends a job that nobody waits for any more.</summary>
internal sealed class JobCancellation(JobService.JobServiceClient service)
{
    /// <summary>So long a person who presses Ctrl-C is kept waiting at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the server to end the job, found by its request where its id never arrived. Failing is no error: there may be no server left.</summary>
    public async Task CancelAsync(string jobId, string requestId)
    {
        var limits = new CallOptions(deadline: DateTime.UtcNow + Patience);
        try
        {
            if (jobId.Length == 0 && requestId.Length > 0)
            {
                ListJobsResponse found = await service.ListJobsAsync(new ListJobsRequest { RequestId = requestId }, limits).ConfigureAwait(false);
                jobId = found.Jobs.FirstOrDefault()?.Id ?? string.Empty;
            }

            if (jobId.Length > 0)
                await service.CancelJobAsync(new CancelJobRequest { JobId = jobId }, limits).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // What is not cancelled ends at the server's own time limit.
        }
    }
}
