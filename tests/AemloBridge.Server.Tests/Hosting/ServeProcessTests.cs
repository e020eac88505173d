using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace AemloBridge.Server.Tests.Hosting;

public sealed class ServeProcessTests
{
    [Fact]
    public async Task Serve_OnAFreePort_PrintsTheAddressFirstAndAnswersThere()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        Assert.StartsWith("listening on http://127.0.0.1:", server.Process.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("grpc.health.v1.Health", await ReflectedServices(server));
    }

    [Fact]
    public async Task Serve_AfterKillAndRestart_AnswersOnTheSameData()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.KillAsync();
        await server.RestartAsync();

        Assert.Contains("grpc.health.v1.Health", await ReflectedServices(server));
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Serve_WithStopWithParent_EndsWithStandardInput()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        server.Process.CloseInput();

        Assert.Equal(0, await server.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task Serve_OnAUnixSocket_IsForThisUserAloneAndLeavesNoFile()
    {
        using var folder = new TempFolder();
        string path = folder.File("s");
        await using RunningServer server = await RunningServer.StartAsync("--listen", $"unix:{path}");

        Assert.Equal($"unix:{path}", server.Address);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Contains("grpc.health.v1.Health", await ReflectedServices(server));
        Assert.Equal(0, await server.StopAsync());
        Assert.False(File.Exists(path));
    }

    private static async Task<IReadOnlyList<string>> ReflectedServices(RunningServer server)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(cancellation));
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name)];
    }
}
