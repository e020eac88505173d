using AemloBridge.Server.Configuration;
using AemloBridge.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AemloBridge.Server.Hosting;

/// <summary>Puts a server together.</summary>
internal static class ServerHost
{
    /// <summary>Builds a server that has not been started.</summary>
    /// <param name="options">Its settings, checked.</param>
    /// <param name="parts">What it is made of; null for <see cref="ServerParts.Embedded"/>.</param>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public static WebApplication Build(ServerOptions options, ServerParts? parts = null)
    {
        parts ??= ServerParts.Embedded;
        // Settings come from the options alone: no appsettings.json, no ASPNETCORE_URLS.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = ServerTelemetry.Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options, secure: null));

        IServiceCollection services = builder.Services;
        services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = Listening.Bind);
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(options);
        services.AddSingleton(parts.Time);
        services.AddRoutingCore();
        ServerLogging.Configure(builder.Logging, options, parts.Log);
        services.AddGrpc(grpc =>
        {
            grpc.EnableDetailedErrors = false;
            grpc.MaxReceiveMessageSize = options.Limits.MaxChunkBytes;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        parts.Engine(services);
        parts.Services(services);

        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        parts.Endpoints(app);
        return app;
    }
}
