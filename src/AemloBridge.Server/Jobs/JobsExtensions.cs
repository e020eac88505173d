using AemloBridge.Devices;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AemloBridge.Server.Jobs;

/// <summary>Puts the embedded queue and worker processes behind <see cref="IJobManager"/>.</summary>
internal static class JobsExtensions
{
    /// <summary>
    /// Adds the manager; it takes up unfinished jobs and starts workers when the host starts. Needs
    /// <see cref="ServerOptions"/>, <see cref="TimeProvider"/>, logging and the stores.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.TryAddSingleton(new WorkerTimes());
        services.TryAddSingleton(_ => new SharedMemory(MemoryInfo.Measure().Total));
        services.TryAddSingleton<IWorkerStarter, WorkerProcessStarter>();
        services.AddSingleton<IJobQueue, FairQueue>();
        services.AddSingleton<JobResults>();
        services.AddSingleton<JobInputs>();
        services.AddSingleton<JobSizes>();
        services.AddSingleton<RecordWriter>();
        services.AddSingleton<JobLedger>();
        services.AddSingleton<JobSource>();
        services.AddSingleton<DevicePool>();
        services.AddSingleton<IDevices>(provider => provider.GetRequiredService<DevicePool>());
        services.AddSingleton(provider => new Admission(
            provider.GetRequiredService<ServerOptions>(),
            provider.GetRequiredService<IDevices>(),
            provider.GetRequiredService<IJobQueue>(),
            provider.GetRequiredService<JobSizes>(),
            provider.GetRequiredService<JobLedger>().Durations));
        services.AddSingleton<JobManager>();
        services.AddSingleton<IJobManager>(provider => provider.GetRequiredService<JobManager>());
        services.AddHostedService(provider => provider.GetRequiredService<JobManager>());
        return services;
    }
}
