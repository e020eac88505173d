using Microsoft.Extensions.Hosting;

namespace AemloBridge.Server.Hosting;

/// <summary>Leaves the signals alone: who runs the server decides when it ends, and in which order.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
