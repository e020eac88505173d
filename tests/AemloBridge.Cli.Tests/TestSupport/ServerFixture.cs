using AemloBridge.Client;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>One real server for a class of tests.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private RunningServer? _server;

    public string Address => _server!.Address;

    public AemloClient Connect() => AemloClient.Connect(Address);

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();
}
