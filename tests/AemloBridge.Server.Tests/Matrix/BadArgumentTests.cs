using AemloBridge.Server.Tests.Matrix.Table;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix;

[Collection(MatrixServer.Collection)]
public sealed class BadArgumentTests(MatrixServer matrix) : IAsyncDisposable
{
    public static TheoryData<string> Calls => RpcTable.Names();

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithABadArgument_NamesItAndDoesNothing(string call)
    {
        RpcRow row = RpcTable.Get(call);
        await matrix.Lab.KeepAsync();
        string before = await matrix.Lab.SnapshotAsync();

        RpcException refused = await StatusAssert.FailsAsync(row.Bad.Code, row.Bad.Reason, () => matrix.Lab.CallAsync(row.Bad.Request));

        Assert.Equal(row.Bad.Field is { } field ? [field] : [], StatusAssert.Fields(refused));
        Assert.Equal(before, await matrix.Lab.SnapshotAsync());
    }
}
