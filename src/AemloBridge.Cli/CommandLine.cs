using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Help;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli;

/// <summary>The command line of <c>aemlo</c> as a function of its arguments.</summary>
internal static class CommandLine
{
    // "@file" stands for a file whose name begins with "@", not for a file of arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Carries out one command line.</summary>
    /// <param name="args">The words after <c>aemlo</c>.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellation">Asks the command to stop at its next step.</param>
    /// <param name="cancelCode">The exit code of a command that was asked to stop; null for <see cref="ExitCodes.Cancelled"/>.</param>
    /// <param name="hangUp">What SIGHUP does; null where there are no signals.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation, Func<int>? cancelCode = null, HangUp? hangUp = null)
    {
        // Results are collected and written at the end: a failure to write them cannot be taken for one of the command's own.
        using var results = new StringWriter(CultureInfo.InvariantCulture);
        var context = new CommandContext(terminal with { Out = results }, cancellation) { Live = terminal.Out, HangUp = hangUp ?? new HangUp() };
        int code = Invoke(args, context, cancelCode);
        try
        {
            terminal.Out.Write(results.ToString());
            terminal.Out.Flush();
            return code;
        }
        catch (IOException exception)
        {
            terminal.Error.WriteLine($"aemlo: error: the results cannot be written to standard output: {exception.Message}");
            return code == ExitCodes.Ok ? ExitCodes.Output : code;
        }
    }

    private static int Invoke(IReadOnlyList<string> args, CommandContext context, Func<int>? cancelCode)
    {
        Terminal terminal = context.Terminal;
        try
        {
            // The server's many options cost every other command a moment of its start.
            RootCommand root = CreateRoot(context, withServer: args.Any(word => word.Contains(ServeCommand.Name, StringComparison.Ordinal)));
            ParseResult parse = root.Parse(args, Parsing);
            // Help, version and completion answer whatever else the line holds.
            bool isCommand = parse.Action is null or ParseErrorAction || parse.Action == parse.CommandResult.Command.Action;
            if (isCommand)
                UsageCheck.ThrowIfWrong(parse);
            return parse.Invoke(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            var failure = Failure.From(exception, cancelCode?.Invoke() ?? ExitCodes.Cancelled);
            ErrorReporter.Report(failure, exception, terminal, args.TakeWhile(word => word != "--").Contains(ReportingOptions.JsonName));
            return failure.Code;
        }
    }

    /// <summary>The tree of commands.</summary>
    /// <param name="context">What the commands are given.</param>
    /// <param name="withServer">Whether the command that starts a server has its options and commands.</param>
    internal static RootCommand CreateRoot(CommandContext context, bool withServer = true)
    {
        var root = new RootCommand("AEMLO Bridge: autoencoder-guided oversampling, and other resampling, of imbalanced multi-label data sets.")
        {
            OversampleCommand.Create(context),
            BatchCommand.Create(context),
            TrainCommand.Create(context),
            GenerateCommand.Create(context),
            ModelsCommand.Create(context),
            AnalyzeCommand.Create(context),
            MethodsCommand.Create(context),
            DoctorCommand.Create(context),
            SampleCommand.Create(context),
            withServer ? ServeCommand.Create(context) : ServeCommand.CreateBare(),
            CompletionCommand.Create(context),
            WorkerCommand.Create(),
        };
        // The parser's own help option also listens to -?, /? and /h, which may be file names here.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h") { Description = "Show help for a command", Action = new Help.HelpAction(context.Terminal) });
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Show the version";
        version.Action = new VersionAction();
        root.SetAction(_ =>
        {
            HelpWriter.Write(root, context.Terminal.Error, context.Terminal.Width);
            return ExitCodes.Usage;
        });
        return root;
    }
}
