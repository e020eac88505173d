using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.Inside;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo worker</c>: what <c>aemlo serve</c> starts for each device. Speaks to it alone, and is shown nowhere.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new AemloCommand(WorkerCommandLine.Command, "Run jobs for the server that started this process.", "aemlo worker --device cpu") { Hidden = true };
        var device = new Option<string>(WorkerCommandLine.DeviceOption) { HelpName = "NAME", Description = "auto, cpu, cuda:0, cuda:1, ...", Required = true };
        OptionFactory.RefuseEmpty(device);
        command.Add(device);
        command.SetAction(parse =>
        {
            WorkerProgram.Run(parse.GetRequiredValue(device));
            return ExitCodes.Ok;
        });
        return command;
    }
}
