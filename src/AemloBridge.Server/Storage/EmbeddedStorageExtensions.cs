using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Storage;

/// <summary>Puts the embedded engine behind the stores' interfaces.</summary>
internal static class EmbeddedStorageExtensions
{
    /// <summary>
    /// Adds the three stores and their sweeps. Needs <see cref="ServerOptions"/> and <see cref="TimeProvider"/>. A data
    /// folder that cannot be used fails the start with an <see cref="Data.AemloInputException"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            ServerOptions options = provider.GetRequiredService<ServerOptions>();
            return EmbeddedStorage.Open(
                options.DataFolder,
                options.Limits,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("AemloBridge.Server.Storage"));
        });
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStorage>().Datasets);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStorage>().Models);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStorage>().Jobs);
        services.AddHostedService<SweepService>();
        return services;
    }
}
