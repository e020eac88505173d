using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Hosting;

namespace AemloBridge.Cli.Errors;

/// <summary>How a command ended when it did not succeed.</summary>
/// <param name="Code">One of <see cref="ExitCodes"/>.</param>
/// <param name="Kind">The word that stands for the code in JSON.</param>
/// <param name="Message">One message for a person.</param>
internal sealed record Failure(int Code, string Kind, string Message)
{
    /// <summary>The failure that an exception stands for.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancelCode">The exit code of a command that was asked to stop; which one depends on who asked.</param>
    public static Failure From(Exception exception, int cancelCode = ExitCodes.Cancelled) => exception switch
    {
        OperationCanceledException => new(cancelCode, "cancelled", "cancelled"),
        UsageException or AemloOptionException => new(ExitCodes.Usage, "usage", exception.Message),
        AemloInputException or AemloModelFormatException => new(ExitCodes.Input, "input", exception.Message),
        AemloTrainingException => new(ExitCodes.Training, "training", exception.Message),
        DeviceException or DllNotFoundException => new(ExitCodes.Device, "device", exception.Message),
        AemloServerException => new(ExitCodes.Server, "server", exception.Message),
        ListenException => new(ExitCodes.Listen, "listen", exception.Message),
        OutputException or IOException or UnauthorizedAccessException => new(ExitCodes.Output, "output", exception.Message),
        _ when MemoryExhausted.Is(exception) => new(ExitCodes.Device, "device", $"there is not enough memory ({FirstLine(exception)}); {MemoryExhausted.Advice}"),
        _ => new(ExitCodes.Internal, "internal", $"internal error, please report it: {exception.GetType().Name}: {FirstLine(exception)} (AEMLO_DEBUG=1 shows where)"),
    };

    /// <summary>libtorch's messages go on with the frames of its stack.</summary>
    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
