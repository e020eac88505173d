using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Serving;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo serve</c>: the gRPC server.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    /// <summary>The command without what it takes, for lists of commands.</summary>
    public static AemloCommand CreateBare() => new(Name, "Serve the method over gRPC.", "aemlo serve --listen 127.0.0.1:50051");

    public static Command Create(CommandContext context)
    {
        AemloCommand command = CreateBare();
        Option<string?> config = OptionFactory.Text("--config", "FILE", $"Settings file, YAML or JSON (default: the one that {SettingsEnvironment.ConfigVariable} names, if any)");
        Option<bool> check = OptionFactory.Switch("--check", "Check all settings, show them with where each comes from, and end");
        command.Add(config);
        command.Add(check);
        ServerSwitch[] switches = [.. ServerOptionCatalog.All.Select(option => new ServerSwitch(option))];
        foreach (ServerSwitch item in switches)
            command.Add(item.Option);
        command.Add(ServeTokenCommand.Create(context));
        command.Add(ServeHealthCommand.Create(context));
        command.SetAction(parse =>
        {
            var given = GivenSettings.Collect(
                switches.Select(item => item.Given(parse)).OfType<GivenSetting>(),
                parse.GetValue(config),
                Environment.GetEnvironmentVariables());
            return parse.GetValue(check) ? Check(context.Terminal, given) : Run(context, given);
        });
        return command;
    }

    private static int Check(Terminal terminal, GivenSettings given)
    {
        CheckOutput.Write(terminal.Out, given);
        Warnings.Write(terminal, given.Warnings);
        ServerOptions options = given.Settings.Options;
        return Report(terminal, [.. given.Problems, .. SettingsCheck.DataFolderProblems(options.DataFolder), .. DeviceCheck.Problems(options.Devices)]);
    }

    private static int Run(CommandContext context, GivenSettings given)
    {
        if (given.Problems.Count > 0)
            return Report(context.Terminal, given.Problems);
        var run = new ServerRun(given.Settings.Options, given.Warnings) { OnReload = context.HangUp.Use };
        run.RunAsync(context.Live, Console.OpenStandardInput(), context.Cancellation).GetAwaiter().GetResult();
        return ExitCodes.Ok;
    }

    private static int Report(Terminal terminal, IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
            terminal.Error.WriteLine($"aemlo: error: {problem}");
        return problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Usage;
    }
}
