using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>In the place of the job manager, for tests of what the host asks of it: its devices, and to drain.</summary>
internal sealed class StandInJobs : IJobManager
{
    private int _asked;
    private volatile IReadOnlyList<Device> _devices = [new Device { Name = "cpu", Ready = true }];

    /// <summary>What a drain does.</summary>
    public Func<CancellationToken, Task> OnDrain { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often somebody asked for the devices.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlyList<Device> Devices
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return _devices;
        }

        set => _devices = value;
    }

    public string LibtorchVersion => "2.10.0";

    public Task DrainAsync(CancellationToken cancellationToken) => OnDrain(cancellationToken);

    public JobSnapshot? Get(string tenant, string id) => null;

    public JobSnapshot? Cancel(string tenant, string id, JobError error) => null;

    public JobSnapshot Describe(JobRecord job) => new(job, 0, null);

    public (JobRecord Job, bool Joined) Submit(JobSubmission submission) => throw new NotSupportedException("no job runs in this test");

    public IAsyncEnumerable<JobEvent> Watch(string tenant, string id, uint afterEpoch, CancellationToken cancellationToken) => AsyncEnumerable.Empty<JobEvent>();
}
