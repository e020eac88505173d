using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage.Embedded;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>What an exception of a run means for whoever asked for it: a code, a sentence, the fields at fault.</summary>
internal static class RunFailures
{
    private const string OptionsField = "method.options";

    public static JobError Of(Exception exception, RunJob job) => exception switch
    {
        AemloOptionException option => Field($"{OptionsField}[{option.Option}]", option.Message),
        ContractException contract when contract.Field.StartsWith("options[", StringComparison.Ordinal) => Field("method." + contract.Field, contract.Description),
        _ when IsFullDisk(exception) => JobErrors.Of(DiskFull.Refusal()),
        AemloInputException input when input.File is null => Field("dataset_digest", input.Message),
        AemloTrainingException training => JobErrors.Of(StatusCode.InvalidArgument, training.Message),
        AemloModelFormatException model => JobErrors.Of(StatusCode.DataLoss, $"the model on the server cannot be used: {WithoutPath(model.Message, job)}"),
        DamagedInputException damaged => JobErrors.Of(StatusCode.DataLoss, damaged.Message),
        DeviceException or DllNotFoundException => JobErrors.Of(StatusCode.FailedPrecondition, "the device of this worker cannot be used; the server's log says why"),
        _ when MemoryExhausted.Is(exception) => JobErrors.Of(StatusCode.ResourceExhausted, "the device ran out of memory; lower batch-size, hidden, latent or num, or give fewer rows"),
        _ => JobErrors.Of(StatusCode.Internal, $"the job failed by an error of the server ({exception.GetType().Name}); its log says more"),
    };

    /// <summary>Whether a failure is the server's own, told to the log alone; nobody knows then what state libtorch is in.</summary>
    public static bool IsOfServer(JobError error) => (StatusCode)error.Code is StatusCode.Internal or StatusCode.FailedPrecondition;

    private static JobError Field(string field, string description)
    {
        JobError error = JobErrors.Of(StatusCode.InvalidArgument, $"{field}: {description}");
        error.Problems.Add(new FieldProblem { Field = field, Description = description });
        return error;
    }

    private static bool IsFullDisk(Exception exception) =>
        DiskFull.Is(exception) || (exception.InnerException is { } inner && DiskFull.Is(inner));

    /// <summary>Where the server keeps its files is nobody else's business.</summary>
    private static string WithoutPath(string message, RunJob job) =>
        job.ModelPath.Length == 0 ? message : message.Replace($"{job.ModelPath}: ", "", StringComparison.Ordinal);
}
