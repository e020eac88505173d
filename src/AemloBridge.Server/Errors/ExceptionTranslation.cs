using System.Security.Cryptography;
using AemloBridge.Aemlo.Models;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Storage.Embedded;
using Grpc.Core;

namespace AemloBridge.Server.Errors;

/// <summary>What each kind of exception means to the client.</summary>
internal static class ExceptionTranslation
{
    /// <summary>The status for an exception that is the client's, the call's or the disk's doing; null for every other one.</summary>
    public static RequestException? Of(Exception exception, ServerCallContext context) => exception switch
    {
        RequestException request => request,
        ContractException contract => RequestException.Invalid(contract.Field, contract.Description),
        DatasetTooLargeException large => RequestException.Exhausted(Reasons.TooLarge, large.Message),
        AemloOptionException option => RequestException.Invalid($"method.options[{option.Option}]", WithoutOption(option)),
        AemloInputException input => Invalid(input.Reason ?? input.Message),
        AemloModelFormatException format => Invalid(WithoutPath(format)),
        CallLostException => CallEnd.Status(context),
        OperationCanceledException or IOException or InvalidOperationException when context.CancellationToken.IsCancellationRequested => CallEnd.Status(context),
        // At the deadline the answer is closed before the token says so.
        OperationCanceledException or InvalidOperationException when context.Deadline <= DateTime.UtcNow => CallEnd.Status(context),
        _ when DiskFull.Is(exception) => DiskFull.Refusal(),
        _ => null,
    };

    /// <summary>The status for an exception that is the server's own: a number to look up in the log, and nothing else.</summary>
    public static RequestException Unexpected(string incident) =>
        new(StatusCode.Internal, Reasons.Internal, $"the server failed; its log has the cause under incident {incident}")
        {
            Metadata = new Dictionary<string, string> { ["incident"] = incident },
        };

    /// <summary>A number that no two failures share.</summary>
    public static string NewIncident() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>What is wrong with a model file, without the name that the file has on this server.</summary>
    public static string WithoutPath(AemloModelFormatException exception) =>
        exception.InnerException is AemloModelFormatException inner ? inner.Message : exception.Message;

    /// <summary>What is wrong with an option, without the command line's name of it.</summary>
    public static string WithoutOption(AemloOptionException exception)
    {
        string prefix = $"--{exception.Option}: ";
        return exception.Message.StartsWith(prefix, StringComparison.Ordinal) ? exception.Message[prefix.Length..] : exception.Message;
    }

    private static RequestException Invalid(string message) => new(StatusCode.InvalidArgument, Reasons.InvalidArgument, message);
}
