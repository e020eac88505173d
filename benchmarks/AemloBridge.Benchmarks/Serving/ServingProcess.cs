using System.Diagnostics;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace AemloBridge.Benchmarks.Serving;

/// <summary>A server in a process of its own, with the bare stream beside the real services.</summary>
internal sealed class ServingProcess : IDisposable
{
    /// <summary>The first argument of the process that is the server.</summary>
    public const string Command = "serving-process";

    private const string Listening = "listening on ";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aemlo-benchmark-");
    private readonly Process _process;

    public ServingProcess()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Command, _folder.FullName]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the server did not come up");
        Address = line[Listening.Length..];
        Channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public string Address { get; }

    public GrpcChannel Channel { get; }

    /// <summary>What the server's process does.</summary>
    public static Task RunAsync(string folder)
    {
        var options = new ServerOptions
        {
            DataFolder = folder,
            Listen = ["127.0.0.1:0"],
            Devices = ["cpu"],
            StopWithParent = true,
            WorkerExecutable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aemlo.exe" : "aemlo"),
        };
        ServerParts parts = ServerParts.Embedded;
        var run = new ServerRun(options, warnings: [])
        {
            Parts = parts with
            {
                Endpoints = endpoints =>
                {
                    parts.Endpoints(endpoints);
                    endpoints.MapGrpcService<BareStreamService>();
                },
            },
        };
        return run.RunAsync(Console.Out, Console.OpenStandardInput(), CancellationToken.None);
    }

    public void Dispose()
    {
        Channel.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
