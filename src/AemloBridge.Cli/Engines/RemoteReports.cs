using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Client;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;
using Grpc.Core;

namespace AemloBridge.Cli.Engines;

/// <summary>Makes the report of a server's job the report of a run here: with the files, which the server never sees.</summary>
internal static class RemoteReports
{
    /// <summary>Reads a job's report.</summary>
    /// <param name="client">Who gave it.</param>
    /// <param name="report">The report.</param>
    /// <param name="rows">The new rows that came with it, which it does not repeat; null for a training.</param>
    /// <param name="data">What was read here for the job; null adds nothing.</param>
    /// <exception cref="AemloServerException">It is no report.</exception>
    public static RunReport Read(AemloClient client, JobReport report, SyntheticRows? rows, MultiLabelDataset? data)
    {
        RunReport read;
        try
        {
            read = ReportContract.FromMessage(report, rows);
        }
        catch (Exception exception) when (exception is AemloModelFormatException or ContractException)
        {
            throw Wrong(client, "the report of the job cannot be read");
        }

        return data is null ? read : read with { Input = Input(read.Input, data.Source), Warnings = [.. data.Source?.Warnings ?? [], .. read.Warnings] };
    }

    /// <summary>The report of a generation with a shared model, as that of a run which trains the model itself.</summary>
    /// <param name="generated">The generation's.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="data">The given rows.</param>
    /// <param name="model">The model.</param>
    public static RunReport AsOversampling(RunReport generated, AemloOptions options, MultiLabelDataset data, KeptModel model)
    {
        return generated with
        {
            Command = "oversample",
            Recipe = generated.Synthetic is { } made ? new RecipeRecord(data.RowCount, 0, 0, 0, made.Made, made.Requested) : null,
            Options = OptionValues.Of(options),
            Input = Input(generated.Input, data.Source),
            Warnings = [.. data.Source?.Warnings ?? [], .. model.Warnings, .. generated.Warnings],
            Seconds = generated.Seconds with { Training = model.Seconds },
        };
    }

    /// <summary>The error for a report that lacks something.</summary>
    public static AemloServerException Wrong(AemloClient client, string what) =>
        new(StatusCode.DataLoss, AemloServerException.BadAnswer, $"server {client.Address}: {what}; check that it is of the same version ('aemlo doctor --server {client.Address}')");

    private static InputRecord? Input(InputRecord? input, ArffSource? source) => source is null || input is null
        ? input
        : input with { Path = source.Path, Sha256 = source.Sha256, LabelFile = source.LabelXmlPath, LabelFileSha256 = source.LabelXmlSha256 };
}
