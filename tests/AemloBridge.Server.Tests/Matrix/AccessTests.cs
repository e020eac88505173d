using System.Collections;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Unauthenticated, and wrong tenant.</summary>
[Collection(MatrixServer.Collection)]
public sealed class AccessTests(MatrixServer matrix) : IAsyncDisposable
{
    public static TheoryData<string> Calls => RpcTable.Names();

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithoutAKnownToken_IsUnauthenticatedAndDoesNothing(string call)
    {
        RpcRow row = RpcTable.Get(call);
        Target target = await matrix.Lab.RunningTargetAsync(row);
        string before = await matrix.Lab.SnapshotAsync();

        foreach (string? token in new[] { null, AccessToken.Create() })
            await StatusAssert.FailsAsync(StatusCode.Unauthenticated, Reasons.Unauthenticated, () => matrix.Server.Stranger(token).CallAsync(row.Request(target)));

        Assert.Equal(before, await matrix.Lab.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OfAnotherTenant_TellsAndDoesNothing(string call)
    {
        RpcRow row = RpcTable.Get(call);
        Target target = await matrix.Lab.RunningTargetAsync(row);
        if (row.ForOtherTenant == ForOtherTenant.OwnCopy)
            await matrix.Lab.CallAsync(row.Request(target));
        string before = await matrix.Lab.SnapshotAsync();

        switch (row.ForOtherTenant)
        {
            case ForOtherTenant.NotFound:
                Assert.Equal(await NotFoundAsync(row, Target.Unknown), await NotFoundAsync(row, target));
                break;
            case ForOtherTenant.EmptyList:
                Assert.Empty(Items(Assert.Single(await matrix.Other.CallAsync(row.Request(target)))));
                break;
            case ForOtherTenant.OwnCopy:
            case ForOtherTenant.OwnName:
                await row.Right(matrix.Other, target, await matrix.Other.CallAsync(row.Request(target)));
                break;
            default:
                Assert.Fail($"{row.ForOtherTenant} is not tested");
                break;
        }

        Assert.Equal(before, await matrix.Lab.SnapshotAsync());
    }

    private static IEnumerable Items(IMessage list) =>
        (IEnumerable)list.Descriptor.Fields.InDeclarationOrder().Single(field => field.IsRepeated).Accessor.GetValue(list);

    private async Task<string> NotFoundAsync(RpcRow row, Target target)
    {
        RpcException refused = await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => matrix.Other.CallAsync(row.Request(target)));
        return target.Nameless(refused.Status.Detail);
    }
}
