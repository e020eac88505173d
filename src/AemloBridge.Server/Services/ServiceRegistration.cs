using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Services.Datasets;
using AemloBridge.Server.Services.Info;
using AemloBridge.Server.Services.Jobs;
using AemloBridge.Server.Services.Models;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Services;

/// <summary>Puts the gRPC services into a host.</summary>
internal static class ServiceRegistration
{
    // What an upload's message has around its block.
    private const int EnvelopeBytes = 1024;

    /// <summary>
    /// Registers gRPC with the interceptors for errors and protocol versions, and what the services need. Stores, job
    /// manager, ServerOptions and TimeProvider are others' to register. Interceptors that are added later run inside of
    /// these, so that their exceptions become statuses too.
    /// </summary>
    public static IServiceCollection AddAemloServices(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.EnableDetailedErrors = false;
            options.ResponseCompressionAlgorithm = null;
            options.Interceptors.Add<ErrorInterceptor>();
            options.Interceptors.Add<ProtocolVersionInterceptor>();
        });
        services.AddOptions<GrpcServiceOptions>().Configure<ServerOptions>((grpc, server) =>
        {
            int chunk = server.Limits.MaxChunkBytes;
            int? limit = chunk == 0 ? null : (int)Math.Min(int.MaxValue, (long)chunk + EnvelopeBytes);
            grpc.MaxReceiveMessageSize = limit;
            grpc.CompressionProviders = [new BoundedGzip(limit ?? int.MaxValue)];
        });
        services.AddSingleton<ErrorInterceptor>();
        services.AddSingleton<ProtocolVersionInterceptor>();
        services.AddSingleton<HeavyReads>();
        services.AddSingleton<DatasetUploads>();
        services.AddSingleton<LabelAnalysis>();
        services.AddSingleton<ModelUploads>();
        services.AddSingleton<ModelOptions>();
        services.AddSingleton<JobRequests>();
        services.AddSingleton<ResultStreams>();
        services.AddSingleton<JobCallers>();
        services.AddSingleton<JobStreams>();
        services.AddSingleton<DatasetService>();
        services.AddSingleton<ModelService>();
        services.AddSingleton<JobService>();
        services.AddSingleton<ServerService>();
        return services;
    }

    /// <summary>Maps the services.</summary>
    public static IEndpointRouteBuilder MapAemloServices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<DatasetService>().Add(UnreadableRequestFilter.Wrap);
        endpoints.MapGrpcService<ModelService>().Add(UnreadableRequestFilter.Wrap);
        endpoints.MapGrpcService<JobService>().Add(UnreadableRequestFilter.Wrap);
        endpoints.MapGrpcService<ServerService>().Add(UnreadableRequestFilter.Wrap);
        return endpoints;
    }
}
