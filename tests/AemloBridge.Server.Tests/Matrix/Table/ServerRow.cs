using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>The call about the server itself.</summary>
internal static class ServerRow
{
    public static RpcRow GetServerInfo { get; } = new(Rpcs.Taking<GetServerInfoRequest>())
    {
        About = About.Kept,
        Request = _ => [new GetServerInfoRequest { ClientName = "matrix", ProtocolVersion = ProtocolVersion.Newest }],
        Right = RpcRow.One<GetServerInfoResponse>((lab, _, info) =>
            Assert.Equal((lab.Name, ProtocolVersion.Newest, "cpu", "aemlo"), (info.Tenant, info.NewestProtocolVersion, Assert.Single(info.Devices).Name, info.Methods[0].Name))),
        // No argument of it is ever invalid; of the one that can be refused the contract says how.
        Bad = new Refusal([new GetServerInfoRequest { ProtocolVersion = ProtocolVersion.Newest + 1 }], StatusCode.FailedPrecondition, Reasons.ProtocolVersion, Field: null),
        Held = Held.Unfinished,
        WhenLeft = WhenLeft.NothingDone,
        WhenWorkerKilled = WhenWorkerKilled.Unaffected,
        WhenRestarted = WhenRestarted.KeepsNothing,
        ForOtherTenant = ForOtherTenant.OwnName,
    };
}
