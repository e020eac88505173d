using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Client;
using Grpc.Core;
using Grpc.Health.V1;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo serve health</c>: asks a server whether it serves, for supervisors and containers.</summary>
internal static class ServeHealthCommand
{
    private const string DefaultServer = "http://127.0.0.1:50051";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("health", $"Ask a server whether it serves (the one at {DefaultServer} unless another is named); the exit code is 0 when it does.", "aemlo serve health --server http://127.0.0.1:50051");
        var remote = new RemoteOptions(command);
        command.SetAction(parse =>
        {
            using AemloClient client = remote.Address(parse) is null ? AemloClient.Connect(DefaultServer) : remote.Client(parse);
            if (Problem(client, context.Cancellation) is { } problem)
            {
                context.Terminal.Error.WriteLine($"aemlo: error: server {client.Address}: {problem}");
                return ExitCodes.Server;
            }

            context.Terminal.Out.WriteLine("serving");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string? Problem(AemloClient client, CancellationToken cancellation)
    {
        try
        {
            HealthCheckResponse answer = new Health.HealthClient(client.Invoker).Check(new HealthCheckRequest(), deadline: DateTime.UtcNow + Patience, cancellationToken: cancellation);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving
                ? null
                : "it does not serve: no worker is up yet, or it is stopping";
        }
        catch (RpcException exception) when (!cancellation.IsCancellationRequested)
        {
            return $"{exception.Status.Detail.TrimEnd('.')} ({exception.StatusCode})";
        }
    }
}
