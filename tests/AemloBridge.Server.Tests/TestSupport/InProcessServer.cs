using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>A server inside the test process, over a real socket, made of the pieces that a test chooses.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private WebApplication? _app;
    private GrpcChannel? _channel;

    private InProcessServer(Func<ServerOptions, ServerOptions>? change) =>
        Options = (change ?? (options => options))(new ServerOptions { DataFolder = _folder.Path, Listen = ["127.0.0.1:0"], Devices = ["cpu"], DrainDelay = TimeSpan.Zero });

    public ServerOptions Options { get; }

    public string DataFolder => _folder.Path;

    /// <summary>For example <c>http://127.0.0.1:43211</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the server has registered.</summary>
    public IServiceProvider Services => App.Services;

    public LogCollector Log { get; } = new();

    public GrpcChannel Channel => _channel ??= Channels.To(Address);

    public WebApplication App => _app ?? throw new InvalidOperationException("the server was not started");

    /// <summary>Starts a server.</summary>
    /// <param name="parts">What it is made of; null for what <c>aemlo serve</c> takes. Its log goes to <see cref="Log"/>.</param>
    /// <param name="change">Changes the options, which have a free port, a data folder of their own and the CPU.</param>
    public static async Task<InProcessServer> StartAsync(ServerParts? parts = null, Func<ServerOptions, ServerOptions>? change = null)
    {
        var server = new InProcessServer(change);
        try
        {
            server._app = ServerHost.Build(server.Options, (parts ?? ServerParts.Embedded) with { Log = server.Log });
            await ServerRun.StartAsync(server._app, server.Options);
            server.Address = ServerRun.Addresses(server._app).First();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }
}
