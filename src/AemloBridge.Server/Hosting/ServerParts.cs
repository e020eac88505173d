using AemloBridge.Server.Jobs;
using AemloBridge.Server.Services;
using AemloBridge.Server.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>What a server is made of beside its options; another engine, or a test's own pieces, go in here.</summary>
internal sealed record ServerParts
{
    /// <summary>The parts of a server that keeps everything itself.</summary>
    public static ServerParts Embedded { get; } = new();

    /// <summary>Registers what keeps data sets, models and jobs, and what runs them.</summary>
    public Action<IServiceCollection> Engine { get; init; } = static services => services.AddEmbeddedStorage().AddJobs();

    /// <summary>Registers the services.</summary>
    public Action<IServiceCollection> Services { get; init; } = static services => services.AddAemloServices();

    /// <summary>Maps the services.</summary>
    public Action<IEndpointRouteBuilder> Endpoints { get; init; } = static endpoints => endpoints.MapAemloServices();

    /// <summary>Where log events go instead of standard error; null for standard error.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
