using AemloBridge.Server.Configuration;
using AemloBridge.Server.Security;
using AemloBridge.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>Puts a server together.</summary>
internal static class ServerHost
{
    // Enough for answers on their way; jobs have had their time before.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>Builds a server that has not been started.</summary>
    /// <param name="options">Its settings, checked.</param>
    /// <param name="parts">What it is made of; null for <see cref="ServerParts.Embedded"/>.</param>
    public static WebApplication Build(ServerOptions options, ServerParts? parts = null)
    {
        parts ??= ServerParts.Embedded;
        // Settings come from the options alone: no appsettings.json, no ASPNETCORE_URLS.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = ServerTelemetry.Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options, TlsOf(kestrel, options)));
        ServerLogging.Configure(builder.Logging, options, parts.Log);

        IServiceCollection services = builder.Services;
        services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = Listening.Bind);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(options);
        services.AddSingleton(parts.Time);
        services.AddRoutingCore();
        AddSecurity(services, options);
        parts.Engine(services);
        parts.Services(services);
        services.AddGrpc();
        services.AddGrpcReflection();
        services.AddSingleton<ServerHealth>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<DrainGate>();
        services.AddSingleton<ServerDrain>();
        services.AddHostedService<HealthMonitor>();
        TelemetryExport.Add(services, builder.Configuration, options);

        WebApplication app = builder.Build();
        if (options.TokenPath is not null)
            app.UseMiddleware<TokenGate>();
        app.Use(app.Services.GetRequiredService<DrainGate>().InvokeAsync);
        app.UseRouting();
        app.MapGrpcService<HealthService>();
        app.MapGrpcReflectionService();
        parts.Endpoints(app);
        return app;
    }

    private static void AddSecurity(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<Reloader>();
        services.AddHostedService(provider => provider.GetRequiredService<Reloader>());
        if (options.TokenPath is { } tokens)
            AddReloaded(services, "tokens", [tokens], () => TokenFile.Read(tokens));
        if (options.CertificatePath is { } certificate)
        {
            string[] files = [.. new[] { certificate, options.KeyPath, options.ClientAuthorityPath }.OfType<string>().Distinct()];
            AddReloaded(services, "certificates", files, () => TlsMaterial.Read(options));
        }
    }

    private static void AddReloaded<T>(IServiceCollection services, string what, IReadOnlyList<string> paths, Func<T> load)
        where T : class
    {
        services.AddSingleton(provider => new Reloaded<T>(what, paths, load, provider.GetRequiredService<ILogger<Reloader>>()));
        services.AddSingleton<IReloadable>(provider => provider.GetRequiredService<Reloaded<T>>());
    }

    private static Action<ListenOptions>? TlsOf(KestrelServerOptions kestrel, ServerOptions options)
    {
        if (options.CertificatePath is null)
            return null;
        Reloaded<TlsMaterial> material = kestrel.ApplicationServices.GetRequiredService<Reloaded<TlsMaterial>>();
        // Asked at every handshake, so that a new certificate serves the next connection.
        return listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(material.Current.Options) });
    }
}
