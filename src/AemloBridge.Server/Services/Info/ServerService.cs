using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Security;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Info;

/// <summary>The calls of server_service.proto.</summary>
internal sealed class ServerService(IJobManager manager, ServerOptions options) : V1.ServerService.ServerServiceBase
{
    private static readonly IReadOnlyList<MethodInfo> Methods = MethodContract.DescribeAll();

    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context)
    {
        ProtocolVersionInterceptor.Require(request.ProtocolVersion);
        return Task.FromResult(new GetServerInfoResponse
        {
            ServerVersion = ProgramVersion.Current,
            OldestProtocolVersion = ProtocolVersion.Oldest,
            NewestProtocolVersion = ProtocolVersion.Newest,
            TorchSharpVersion = ProgramVersion.TorchSharp,
            LibtorchVersion = manager.LibtorchVersion,
            Devices = { manager.Devices },
            Limits = Message(options.Limits),
            Methods = { Methods },
            Tenant = context.Tenant(),
        });
    }

    private static ServerLimits Message(Limits limits) => new()
    {
        MaxChunkBytes = (ulong)limits.MaxChunkBytes,
        MaxDatasetBytes = (ulong)limits.MaxDatasetBytes,
        MaxRows = (ulong)limits.MaxRows,
        MaxFeatures = (uint)limits.MaxFeatures,
        MaxLabels = (uint)limits.MaxLabels,
        MaxModelBytes = (ulong)limits.MaxModelBytes,
        MaxQueuedJobs = (uint)limits.MaxQueuedJobs,
        MaxQueuedJobsPerTenant = (uint)limits.MaxQueuedJobsPerTenant,
        MaxJobMemoryBytes = (ulong)limits.MaxJobMemoryBytes,
        TenantQuotaBytes = (ulong)limits.TenantQuotaBytes,
        MaxJobTime = Duration.FromTimeSpan(limits.MaxJobTime),
        MaxUploadPause = Duration.FromTimeSpan(limits.MaxUploadPause),
        MaxUploadTime = Duration.FromTimeSpan(limits.MaxUploadTime),
    };
}
