using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Worker killed: the calls that need none, made while there is none.</summary>
[Collection(MatrixServer.Collection)]
public sealed class NoWorkerTests(MatrixServer matrix) : IClassFixture<NoWorker>, IAsyncDisposable
{
    public static TheoryData<string> Calls => RpcTable.Names(row => row.WhenWorkerKilled == WhenWorkerKilled.Unaffected);

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithoutAWorker_GivesTheRightAnswer(string call)
    {
        WorkerChild.RequireProc();

        await matrix.Lab.SucceedAsync(RpcTable.Get(call));

        Assert.False(Assert.Single((await matrix.Lab.AskAsync<GetServerInfoResponse>(new GetServerInfoRequest())).Devices).Ready);
    }
}
