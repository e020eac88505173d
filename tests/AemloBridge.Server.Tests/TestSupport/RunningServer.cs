using Grpc.Net.Client;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>
/// The real <c>aemlo serve</c> as a process: on a free port of the loopback, with a data folder of its own that outlives a
/// restart and is removed at the end. It ends with the tests, however these end.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private readonly TempFolder _folder = new();
    private readonly IReadOnlyDictionary<string, string>? _environment;
    private IReadOnlyList<string> _args;
    private ServerProcess? _process;
    private GrpcChannel? _channel;

    private RunningServer(IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment)
    {
        _args = args;
        _environment = environment;
    }

    public string DataFolder => _folder.Path;

    /// <summary>As the server printed it, for example <c>http://127.0.0.1:43211</c>; another one after a restart.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A channel to it; another one after a restart.</summary>
    public GrpcChannel Channel => _channel ??= Channels.To(Address);

    public ServerProcess Process => _process ?? throw new InvalidOperationException("the server was not started");

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="args">Options beside those every server here gets; the same option given here counts.</param>
    public static Task<RunningServer> StartAsync(params IReadOnlyList<string> args) => StartAsync(args, environment: null);

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="args">Options beside those every server here gets; the same option given here counts.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    public static async Task<RunningServer> StartAsync(IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment)
    {
        var server = new RunningServer(args, environment);
        try
        {
            await server.BeginAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same data folder, once it has ended.</summary>
    /// <param name="args">Other options than before; none for the same.</param>
    public async Task RestartAsync(params IReadOnlyList<string> args)
    {
        if (args.Count > 0)
            _args = args;
        await Process.WaitForExitAsync();
        End();
        await BeginAsync();
    }

    /// <summary>Ends the process as <c>kill -9</c> does, and waits until it is gone.</summary>
    public Task KillAsync()
    {
        Process.Kill();
        return Process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop and gives its exit code.</summary>
    public Task<int> StopAsync()
    {
        Process.Signal(ServerProcess.Terminate);
        return Process.WaitForExitAsync();
    }

    public ValueTask DisposeAsync()
    {
        End();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task BeginAsync()
    {
        IEnumerable<string> usual = [.. Default("--listen", "127.0.0.1:0"), .. Default("--data", DataFolder), .. Default("--devices", "cpu"), .. Default("--drain-delay", "0s"), "--stop-with-parent"];
        _process = ServerProcess.Start(["serve", .. usual, .. _args], _environment);
        string line = await _process.OutputLineAsync(line => line.StartsWith(Listening, StringComparison.Ordinal));
        Address = line[Listening.Length..];
    }

    private IEnumerable<string> Default(string name, string value) => _args.Contains(name) ? [] : [name, value];

    private void End()
    {
        _channel?.Dispose();
        _channel = null;
        _process?.Dispose();
        _process = null;
    }
}
