using System.Runtime.InteropServices;
using System.Text;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli;

/// <summary>What belongs to the process and not to a command: the standard streams and the signals.</summary>
internal static class ProcessHost
{
    /// <summary>Runs one command line in this process and gives its exit code.</summary>
    public static int Run(string[] args)
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        using var cancellation = new CancellationTokenSource();
        int signalled = ExitCodes.Ok;
        var hangUpUse = new HangUp();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using StreamWriter output = Open(Console.OpenStandardOutput());
        using StreamWriter error = Open(Console.OpenStandardError());
        error.AutoFlush = true;
        var terminal = new Terminal(output, error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

        try
        {
            return CommandLine.Run(args, terminal, cancellation.Token, () => Volatile.Read(ref signalled), hangUpUse);
        }
        catch (IOException)
        {
            // Standard error is broken too, so there is nobody left to tell.
            return ExitCodes.Output;
        }

        // The first signal asks the work to stop and clean up; a second one is left to the system, which ends the process.
        void Stop(PosixSignalContext context)
        {
            if (context.Signal == PosixSignal.SIGHUP && hangUpUse.Handle())
            {
                context.Cancel = true;
                return;
            }

            int code = context.Signal switch
            {
                PosixSignal.SIGTERM => ExitCodes.Terminated,
                PosixSignal.SIGHUP => ExitCodes.HungUp,
                _ => ExitCodes.Cancelled,
            };
            if (Interlocked.CompareExchange(ref signalled, code, ExitCodes.Ok) != ExitCodes.Ok)
                return;
            context.Cancel = true;
            cancellation.Cancel();
        }
    }

    private static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
