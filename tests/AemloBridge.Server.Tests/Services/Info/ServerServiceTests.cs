using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Services.Support;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Info;

public sealed class ServerServiceTests
{
    [Fact]
    public async Task GetServerInfo_OfAServer_SaysVersionsDevicesLimitsMethodsAndTenant()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxRows = 1234, MaxJobTime = TimeSpan.FromHours(2) });

        GetServerInfoResponse info = await host.Server("b").GetServerInfoAsync(new GetServerInfoRequest { ClientName = "test", ProtocolVersion = ProtocolVersion.Newest });

        Assert.Equal((ProgramVersion.Current, ProgramVersion.TorchSharp, "2.10.0", "b"), (info.ServerVersion, info.TorchSharpVersion, info.LibtorchVersion, info.Tenant));
        Assert.Equal((ProtocolVersion.Oldest, ProtocolVersion.Newest), (info.OldestProtocolVersion, info.NewestProtocolVersion));
        Assert.Equal("cpu", Assert.Single(info.Devices).Name);
        Assert.Equal((1234ul, TimeSpan.FromHours(2)), (info.Limits.MaxRows, info.Limits.MaxJobTime.ToTimeSpan()));
        Assert.Equal(MethodContract.DescribeAll(), info.Methods);
    }

    [Fact]
    public async Task GetServerInfo_WithoutAVersion_IsNotChecked()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Assert.NotEmpty((await host.Server().GetServerInfoAsync(new GetServerInfoRequest())).ServerVersion);
    }

    [Fact]
    public async Task GetServerInfo_OfANewerClient_SaysThatTheServerIsTooOld()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.FailedPrecondition, Reasons.ProtocolVersion, async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest { ProtocolVersion = 99 }));

        Assert.Contains("server is too old", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("update the server", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("1", exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["newest"]);
    }

    [Theory]
    [InlineData("99", StatusCode.FailedPrecondition, Reasons.ProtocolVersion)]
    [InlineData("one", StatusCode.InvalidArgument, Reasons.InvalidArgument)]
    [InlineData("-1", StatusCode.InvalidArgument, Reasons.InvalidArgument)]
    [InlineData("4294967296", StatusCode.InvalidArgument, Reasons.InvalidArgument)]
    [InlineData("", StatusCode.InvalidArgument, Reasons.InvalidArgument)]
    public async Task EveryKindOfCall_WithAHeaderOfAnotherVersion_IsRefused(string version, StatusCode code, string reason)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var headers = new Metadata { { ProtocolVersion.Header, version } };

        await StatusAssert.FailsAsync(code, reason, async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest(), headers));
        await StatusAssert.FailsAsync(code, reason, async () => await host.JobCalls().WatchJob(new WatchJobRequest { JobId = "x" }, headers).ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await StatusAssert.FailsAsync(code, reason, async () => await host.Datasets().UploadDataset(headers));
    }

    [Fact]
    public async Task EveryCall_WithAHeaderOfThisVersion_IsServed()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Assert.NotEmpty((await host.Server().GetServerInfoAsync(new GetServerInfoRequest(), new Metadata { { ProtocolVersion.Header, "1" } })).ServerVersion);
    }
}
