using AemloBridge.Server.Tests.Matrix.Table;

namespace AemloBridge.Server.Tests.Matrix;

[Collection(MatrixServer.Collection)]
public sealed class HappyTests(MatrixServer matrix) : IAsyncDisposable
{
    public static TheoryData<string> Calls => RpcTable.Names();

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public Task Call_ThatCanBeMet_GivesTheRightAnswer(string call) => matrix.Lab.SucceedAsync(RpcTable.Get(call));
}
