using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo serve</c>: the gRPC server.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("serve", "Serve the method over gRPC.", "aemlo serve --listen 127.0.0.1:50051");
        ServerSwitch[] switches = [.. ServerOptionCatalog.All.Select(option => new ServerSwitch(option))];
        foreach (ServerSwitch item in switches)
            command.Add(item.Option);
        command.SetAction(parse =>
        {
            var settings = ServerSettings.Resolve(switches.Select(item => item.Given(parse)).OfType<GivenSetting>());
            if (settings.Problems is [var problem, ..])
                throw new UsageException(problem);
            ServerRun.RunAsync(settings.Options, context.Live, context.Cancellation).GetAwaiter().GetResult();
            return ExitCodes.Ok;
        });
        return command;
    }
}
