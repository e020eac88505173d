using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs.Queue;
using Grpc.Core;

namespace AemloBridge.Server.Jobs;

/// <summary>Says whether a job may come in: its device exists, its memory fits, the queue has room.</summary>
internal sealed class Admission(ServerOptions options, IDevices devices, IJobQueue queue, JobSizes sizes, JobDurations durations)
{
    /// <summary>What one job may take of a device's memory when the server was not told a number.</summary>
    private const double LargestShare = 0.8;

    private static readonly TimeSpan StartAgain = TimeSpan.FromSeconds(30);

    // The machine's own memory, until a worker has said how much there is.
    private readonly Lazy<long> _machine = new(() => MemoryInfo.Measure().Total);

    /// <summary>Checks everything that does not depend on who waits.</summary>
    /// <returns>The memory that the job is estimated to need.</returns>
    /// <exception cref="RequestException">It can never run here, or not while no worker starts.</exception>
    public MemoryEstimate RequireFit(JobSubmission submission)
    {
        bool cuda = submission.Device == Aemlo.Options.DeviceKind.Cuda;
        IReadOnlyList<Device> all = devices.All;
        if (devices.WhyNone(cuda) is { } why)
            throw new RequestException(StatusCode.Unavailable, Reasons.Internal, $"no worker starts on this server: {why}; its log says more") { RetryAfter = StartAgain };
        if (cuda && devices.AreKnown && !all.Any(IsCuda))
            throw new RequestException(StatusCode.FailedPrecondition, Reasons.InvalidArgument, JobErrors.NoCudaText(all.Select(device => device.Name)))
            {
                Violations = [new FieldViolation("method.options[device]", "there is no GPU here; ask for auto or cpu")],
            };
        MemoryEstimate estimate = sizes.Estimate(submission);
        Device[] suitable = [.. all.Where(device => !cuda || IsCuda(device))];
        bool onGpu = suitable.Length > 0 && submission.Device != Aemlo.Options.DeviceKind.Cpu && suitable.All(IsCuda);
        long host = options.Limits.MaxJobMemoryBytes > 0 ? options.Limits.MaxJobMemoryBytes : (long)(HostMemory(all) * LargestShare);
        if (!onGpu)
        {
            RequireFit(estimate.Total, host, "memory");
            return estimate;
        }

        RequireFit(estimate.Host, host, "memory");
        long gpu = (long)suitable.Max(device => device.MemoryTotalBytes);
        if (gpu > 0)
            RequireFit(estimate.Tensors, GpuLimit(options.Limits, gpu), "memory on the GPU");
        return estimate;
    }

    /// <summary>Checks that one more job may wait.</summary>
    /// <exception cref="RequestException">RESOURCE_EXHAUSTED, with a time after which to try again.</exception>
    public void RequireRoom(string tenant)
    {
        Limits limits = options.Limits;
        int count = queue.Count, own = queue.CountOf(tenant);
        if (limits.MaxQueuedJobs > 0 && count >= limits.MaxQueuedJobs)
            throw Full(FormattableString.Invariant($"{count} jobs wait already, which is all that this server lets wait"), count - limits.MaxQueuedJobs + 1);
        if (limits.MaxQueuedJobsPerTenant > 0 && own >= limits.MaxQueuedJobsPerTenant)
            throw Full(FormattableString.Invariant($"{own} of your jobs wait already, which is all that this server lets one tenant have waiting"), own - limits.MaxQueuedJobsPerTenant + 1);
    }

    public static bool IsCuda(Device device) => device.Name.StartsWith("cuda", StringComparison.Ordinal);

    /// <summary>What one job may take of a GPU's memory.</summary>
    public static long GpuLimit(Limits limits, long memory) => limits.MaxJobMemoryBytes > 0 ? limits.MaxJobMemoryBytes : (long)(memory * LargestShare);

    private RequestException Full(string what, int jobs) =>
        RequestException.Exhausted(Reasons.QueueFull, $"{what}; try again later", durations.Until(jobs, devices.All.Count));

    private long HostMemory(IReadOnlyList<Device> all) =>
        all.Where(device => !IsCuda(device) && device.MemoryTotalBytes > 0).Select(device => (long)device.MemoryTotalBytes).FirstOrDefault(_machine.Value);

    private static void RequireFit(long needed, long limit, string what)
    {
        if (needed <= limit)
            return;
        throw RequestException.Exhausted(Reasons.JobTooBig, FormattableString.Invariant(
            $"the job is estimated to need {needed:N0} bytes of {what}, and a job may need {limit:N0} here; lower batch-size, hidden, latent or num, or give fewer rows"));
    }
}
