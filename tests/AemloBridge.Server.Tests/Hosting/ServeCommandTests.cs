using System.Net;
using System.Net.Sockets;
using AemloBridge.Cli.Errors;
using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Health.V1;

namespace AemloBridge.Server.Tests.Hosting;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_OnATakenPort_EndsWithOneSentenceAndItsCode()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        (int code, _, string error) = await RunAsync("--listen", address);

        Assert.Equal(ExitCodes.Listen, code);
        string line = Assert.Single(error.Split('\n'), line => line.StartsWith("aemlo: error:", StringComparison.Ordinal));
        Assert.Equal($"aemlo: error: cannot listen on {address}: another program listens there; stop it, or choose another address with --listen (port 0 takes a free one)", line);
    }

    [Fact]
    public async Task Serve_WhereOthersCanReachIt_IsRefusedWithBothWaysOut()
    {
        (int code, string output, string error) = await RunAsync("--listen", "0.0.0.0:0");

        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Contains("--certificate, --key and --tokens", error, StringComparison.Ordinal);
        Assert.Contains("--insecure", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_InsecureOnAllAddresses_ListensAndWarns()
    {
        await using RunningServer server = await RunningServer.StartAsync("--listen", "0.0.0.0:0", "--insecure");

        await server.Process.ErrorLineAsync(line => line.Contains("[5001]", StringComparison.Ordinal) && line.Contains("--insecure", StringComparison.Ordinal));
        Assert.StartsWith("http://0.0.0.0:", server.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithSettingsFromEverywhere_ShowsEachWithItsSourceAndNoSecret()
    {
        string token = AccessToken.Create();
        string tokens = _folder.Write("tokens", AccessToken.Line("lab", token));
        string config = _folder.Write("server.yaml", $"tokens: tokens\nmax-rows: 5\n");
        var environment = new Dictionary<string, string> { ["AEMLO_SERVER_CONFIG"] = config, ["AEMLO_SERVER_TENANT_QUOTA"] = "1GiB" };

        (int code, string output, string error) = await RunAsync(environment, "--check", "--drain-seconds", "90");

        Assert.True(code == 0, error);
        Assert.Matches(@"(?m)^max-rows +5 +\S+server.yaml:2$", output);
        Assert.Matches(@"(?m)^tenant-quota +1GiB +AEMLO_SERVER_TENANT_QUOTA$", output);
        Assert.Matches(@"(?m)^drain-seconds +90s +command line$", output);
        Assert.Matches(@"(?m)^max-labels +100000 +default$", output);
        Assert.Contains(tokens, output, StringComparison.Ordinal);
        Assert.DoesNotContain(AccessToken.Line("", token), output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithManyProblems_NamesThemAll()
    {
        string blocked = _folder.Write("file", "");

        (int code, _, string error) = await RunAsync("--check", "--listen", "10.0.0.1:1", "--key", _folder.File("no.key"), "--tokens", _folder.File("none"), "--data", Path.Combine(blocked, "data"), "--devices", "cuda:0");

        Assert.Equal(ExitCodes.Usage, code);
        string[] errors = [.. error.Split('\n').Where(line => line.StartsWith("aemlo: error:", StringComparison.Ordinal))];
        Assert.Contains(errors, line => line.Contains("10.0.0.1:1 can be reached", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("no certificate", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("token file cannot be read", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("data folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_GoodSettings_LeavesNothingInTheDataFolder()
    {
        string data = _folder.File("data/deeper");

        (int code, _, string error) = await RunAsync("--check", "--data", data);

        Assert.True(code == 0, error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Token_ForATenant_PrintsATokenAndItsLine()
    {
        using ServerProcess process = ServerProcess.Start(["serve", "token", "--tenant", "lab"]);
        Assert.Equal(0, await process.WaitForExitAsync());
        string[] lines = process.StandardOutput.Split('\n');
        string token = lines[0]["token  ".Length..];

        Assert.Equal($"line   {AccessToken.Line("lab", token)}", lines[1]);
    }

    [Fact]
    public async Task Health_OfAServer_Ends0OnceItServesAndOtherwiseSaysWhy()
    {
        // With tokens: whoever asks for health needs none.
        string tokens = _folder.Write("tokens", AccessToken.Line("lab", AccessToken.Create()));
        await using RunningServer server = await RunningServer.StartAsync("--tokens", tokens);
        await HealthWatch.WaitForAsync(server.Channel, HealthCheckResponse.Types.ServingStatus.Serving);

        using ServerProcess serving = ServerProcess.Start(["serve", "health", "--server", server.Address]);
        Assert.Equal(ExitCodes.Ok, await serving.WaitForExitAsync());
        await server.KillAsync();
        using ServerProcess gone = ServerProcess.Start(["serve", "health", "--server", server.Address]);

        Assert.Equal(ExitCodes.Server, await gone.WaitForExitAsync());
        Assert.Equal("serving", serving.StandardOutput);
        Assert.Contains(server.Address, gone.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigHup_WithChangedTokens_ReadsThemAndTheServerGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGHUP");
        string tokens = _folder.Write("tokens", AccessToken.Line("lab", AccessToken.Create()));
        await using RunningServer server = await RunningServer.StartAsync("--tokens", tokens);

        File.WriteAllText(tokens, AccessToken.Line("lab", AccessToken.Create()));
        server.Process.Signal(ServerProcess.HangUp);

        await server.Process.ErrorLineAsync(line => line.Contains("[5020]", StringComparison.Ordinal));
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Serve_OnAStaleSocket_ReplacesIt_AndOnALiveOneOrAFileItDoesNot()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process that was killed leaves no socket file there");
        string path = _folder.File("s");
        await using (RunningServer killed = await RunningServer.StartAsync("--listen", $"unix:{path}"))
            await killed.KillAsync();
        Assert.True(File.Exists(path));

        await using RunningServer server = await RunningServer.StartAsync("--listen", $"unix:{path}");
        Assert.True(await IsAnsweringAsync(server));
        (int code, _, string error) = await RunAsync("--listen", $"unix:{path}");
        Assert.Equal(ExitCodes.Listen, code);
        Assert.Contains("a server listens there already", error, StringComparison.Ordinal);
        Assert.True(await IsAnsweringAsync(server));

        string file = _folder.Write("file", "precious");
        (code, _, error) = await RunAsync("--listen", $"unix:{file}");
        Assert.Equal(ExitCodes.Listen, code);
        Assert.Contains("no socket", error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(file));
    }

    [Fact]
    public async Task Serve_OnADataFolderInUse_NamesIt()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        (int code, _, string error) = await RunAsync("--data", server.DataFolder);

        Assert.Equal(ExitCodes.Input, code);
        Assert.Contains($"another server (process {server.Process.Id})", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondSignal_WhileDraining_EndsAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of POSIX");
        await using RunningServer server = await RunningServer.StartAsync("--drain-delay", "10m");

        server.Process.Signal(ServerProcess.Terminate);
        await server.Process.ErrorLineAsync(line => line.Contains("[5010]", StringComparison.Ordinal));
        server.Process.Signal(ServerProcess.Terminate);

        Assert.NotEqual(0, await server.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task Interrupt_OfAnIdleServer_DrainsAndEndsWith0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of POSIX");
        await using RunningServer server = await RunningServer.StartAsync();

        server.Process.Signal(ServerProcess.Interrupt);

        Assert.Equal(0, await server.Process.WaitForExitAsync());
        Assert.Equal(server.Address, server.Process.StandardOutput["listening on ".Length..]);
    }

    private static async Task<bool> IsAnsweringAsync(RunningServer server)
    {
        HealthCheckResponse answer = await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest(), new CallOptions(cancellationToken: TestContext.Current.CancellationToken));
        return answer.Status != HealthCheckResponse.Types.ServingStatus.Unknown;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(new Dictionary<string, string>(), args);

    private async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] args)
    {
        string[] usual = args.Contains("--data") ? [] : ["--data", _folder.File("data")];
        using ServerProcess process = ServerProcess.Start(["serve", .. usual, .. args.Contains("--devices") ? [] : new[] { "--devices", "cpu" }, "--stop-with-parent", .. args], environment);
        int code = await process.WaitForExitAsync();
        return (code, process.StandardOutput, process.StandardError);
    }
}
