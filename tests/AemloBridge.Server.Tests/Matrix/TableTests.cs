using AemloBridge.Server.Tests.Matrix.Table;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>The table is complete: it has every call there is.</summary>
[Collection(MatrixServer.Collection)]
public sealed class TableTests(MatrixServer matrix)
{
    // Health and reflection, which are gRPC's own.
    private const string Standard = "grpc.";

    [Fact]
    public void Rows_AreOnePerCallOfTheContracts() =>
        Assert.Equal(Rpcs.All.Select(Rpcs.Name).Order(StringComparer.Ordinal), RpcTable.Rows.Select(row => row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Rows_CoverEveryServiceThatTheServerNames()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(matrix.Process.Channel).ServerReflectionInfo(matrix.Lab.Headers, cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(cancellation));

        IEnumerable<string> named = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).Where(name => !name.StartsWith(Standard, StringComparison.Ordinal));
        Assert.Equal(RpcTable.Rows.Select(row => row.Method.Service.FullName).Distinct().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
