using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>Watches a server's health as a balancer does.</summary>
internal sealed class HealthWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly AsyncServerStreamingCall<HealthCheckResponse> _call;

    public HealthWatch(GrpcChannel channel, string service = "") =>
        _call = new Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The next status that is told.</summary>
    public async Task<Status> NextAsync()
    {
        Assert.True(await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
        return _call.ResponseStream.Current.Status;
    }

    /// <summary>Waits until a server says so.</summary>
    public static async Task WaitForAsync(GrpcChannel channel, Status wanted)
    {
        using var watch = new HealthWatch(channel);
        while (await watch.NextAsync() != wanted)
        {
        }
    }

    public void Dispose() => _call.Dispose();
}
