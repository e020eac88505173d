using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>A server on a real socket that does what a test tells it to: drops connections, is slow, lies.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    /// <summary>Retries without the pauses that people need.</summary>
    public static readonly AemloClientOptions Fast = new()
    {
        FirstRetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(5),
        Retries = 5,
    };

    private readonly WebApplication _application;

    private FakeServer(WebApplication application) => _application = application;

    public FakeInfo Info => _application.Services.GetRequiredService<FakeInfo>();

    public FakeDatasets Datasets => _application.Services.GetRequiredService<FakeDatasets>();

    public FakeModels Models => _application.Services.GetRequiredService<FakeModels>();

    public FakeJobs Jobs => _application.Services.GetRequiredService<FakeJobs>();

    public string Address { get; private init; } = string.Empty;

    /// <summary>Starts on a free port, or on a socket file.</summary>
    /// <param name="socket">The socket file; null for a port.</param>
    /// <param name="certificate">For TLS, or null.</param>
    public static async Task<FakeServer> StartAsync(string? socket = null, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (socket is not null)
                kestrel.ListenUnixSocket(socket, Configure);
            else
                kestrel.Listen(IPAddress.Loopback, 0, Configure);
        });
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<FakeInfo>().AddSingleton<FakeDatasets>().AddSingleton<FakeModels>().AddSingleton<FakeJobs>();
        WebApplication application = builder.Build();
        application.MapGrpcService<FakeInfo>();
        application.MapGrpcService<FakeDatasets>();
        application.MapGrpcService<FakeModels>();
        application.MapGrpcService<FakeJobs>();
        await application.StartAsync();
        return new FakeServer(application) { Address = socket is null ? application.Urls.Single() : $"unix:{socket}" };

        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
                listen.UseHttps(certificate);
        }
    }

    public AemloClient Connect(AemloClientOptions? options = null) => AemloClient.Connect(Address, options ?? Fast);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
