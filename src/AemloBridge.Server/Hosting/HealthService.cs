using AemloBridge.Server.Errors;
using Grpc.Core;
using Grpc.Health.V1;

namespace AemloBridge.Server.Hosting;

/// <summary>The standard health service: a change reaches watchers at once, and their streams end when the server does.</summary>
internal sealed class HealthService(ServerHealth health) : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        ServerHealth.Knows(request.Service)
            ? Task.FromResult(new HealthCheckResponse { Status = health.Now.Status })
            : throw StatusDetails.ToRpcException(new RequestException(StatusCode.NotFound, Reasons.NotFound, "there is no such service on this server"));

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        bool known = ServerHealth.Knows(request.Service);
        HealthCheckResponse.Types.ServingStatus? sent = null;
        while (true)
        {
            ServerHealth.State state = health.Now;
            HealthCheckResponse.Types.ServingStatus status = known ? state.Status : HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            if (status != sent)
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
            sent = status;
            if (state.Ended)
                throw StatusDetails.ToRpcException(new RequestException(StatusCode.Unavailable, Reasons.Stopping, "the server is stopping"));
            await state.Replaced.WaitAsync(context.CancellationToken);
        }
    }
}
