using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>One server for all columns but that of the restart; cells run one after the other, and each tidies up.</summary>
[CollectionDefinition(Collection)]
public sealed class MatrixServer : IAsyncLifetime, ICollectionFixture<MatrixServer>
{
    public const string Collection = "Matrix";

    private LabServer? _server;

    internal LabServer Server => _server ?? throw new InvalidOperationException("the server was not started");

    internal RunningServer Process => Server.Process;

    internal Lab Lab => Server.Lab;

    internal Lab Other => Server.Other;

    public async ValueTask InitializeAsync() => _server = await LabServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    internal async ValueTask TidyAsync()
    {
        await Lab.TidyAsync();
        await Other.TidyAsync();
    }
}
