using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Diagnosis;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Client;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo doctor</c>: what a training would run on, proved by a small one.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("doctor", "Say which device and libtorch are used, and prove them with a small training.", "aemlo doctor");
        var reporting = new ReportingOptions(command);
        var remote = new RemoteOptions(command);
        var method = new MethodOptions(command, option => option.Name is "device" or "threads");
        command.SetAction(parse =>
        {
            AemloOptions options = method.Resolve(parse, AemloPresets.Default);
            if (remote.Address(parse) is not null)
            {
                return options == AemloPresets.Default
                    ? AskServer(context, parse, remote, reporting)
                    : throw new UsageException("--device and --threads are about this machine; leave them out, or --server");
            }

            Examination found = Examination.Run(options, context.Cancellation);
            if (reporting.IsJson(parse))
                ExaminationOutput.WriteJson(context.Terminal.Out, found);
            else if (!reporting.IsQuiet(parse))
                ExaminationOutput.WriteText(context.Terminal.Out, found);
            if (found.Problem is null)
                return ExitCodes.Ok;
            context.Terminal.Error.WriteLine($"aemlo: error: {found.Problem}");
            return ExitCodes.Device;
        });
        return command;
    }

    private static int AskServer(CommandContext context, ParseResult parse, RemoteOptions remote, ReportingOptions reporting)
    {
        using AemloClient client = remote.Client(parse);
        ServerExamination found = ServerExamination.Run(client, context.Cancellation);
        if (reporting.IsJson(parse))
            ServerExaminationOutput.WriteJson(context.Terminal.Out, found);
        else if (!reporting.IsQuiet(parse))
            ServerExaminationOutput.WriteText(context.Terminal.Out, found);
        if (found.Problem is null)
            return ExitCodes.Ok;
        context.Terminal.Error.WriteLine($"aemlo: error: {found.Problem}");
        return ExitCodes.Server;
    }
}
