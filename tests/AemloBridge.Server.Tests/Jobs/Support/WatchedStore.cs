using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs.Support;

/// <summary>A store that lets a test look, wait or throw between its steps.</summary>
internal sealed class WatchedStore(IJobStore store) : IJobStore
{
    /// <summary>Called before a record is replaced; what it throws is what the store throws.</summary>
    public Action<JobRecord> Updating { get; set; } = _ => { };

    /// <summary>Called when a job is in the store and nobody has been told.</summary>
    public Action<JobRecord> Created { get; set; } = _ => { };

    /// <summary>Puts one around the store that is registered.</summary>
    /// <param name="services">The services.</param>
    /// <param name="made">Is given it, once for each start of the manager.</param>
    public static void AddTo(IServiceCollection services, Action<WatchedStore> made)
    {
        ServiceDescriptor real = services.Last(service => service.ServiceType == typeof(IJobStore));
        services.Add(ServiceDescriptor.Singleton<IJobStore>(provider =>
        {
            var watched = new WatchedStore((IJobStore)real.ImplementationFactory!(provider));
            made(watched);
            return watched;
        }));
    }

    public bool TryCreate(JobRecord job, out JobRecord? existing)
    {
        bool created = store.TryCreate(job, out existing);
        if (created)
            Created(job);
        return created;
    }

    public void RequireRoom(JobRecord job, long bytes) => store.RequireRoom(job, bytes);

    public void Update(JobRecord job)
    {
        Updating(job);
        store.Update(job);
    }

    public JobRecord? Get(string tenant, string id) => store.Get(tenant, id);

    public JobRecord? FindByRequest(string tenant, string requestId) => store.FindByRequest(tenant, requestId);

    public IReadOnlyList<JobRecord> List(string tenant, string after, IReadOnlyCollection<JobState> states, int limit) => store.List(tenant, after, states, limit);

    public IReadOnlyList<JobRecord> Unfinished() => store.Unfinished();

    public string Folder(JobRecord job) => store.Folder(job);

    public DateTimeOffset? Expires(JobRecord job) => store.Expires(job);
}
