using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Jobs;

/// <summary>Estimates the memory of a job from the records and headers of what it works on; no rows are read.</summary>
internal sealed class JobSizes(IDatasetStore datasets, IModelStore models)
{
    /// <summary>The estimate of a submission.</summary>
    /// <exception cref="RequestException">NOT_FOUND: what it works on has just been deleted; DATA_LOSS: it is damaged.</exception>
    public MemoryEstimate Estimate(JobSubmission submission)
    {
        string what = submission.Kind == JobKind.Generate ? "model" : "data set";
        try
        {
            return Sized(submission);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestException.NotFound(what, submission.Model?.Id ?? submission.Dataset?.Digest ?? "");
        }
        catch (Exception error) when (error is AemloModelFormatException or InvalidProtocolBufferException)
        {
            throw new RequestException(StatusCode.DataLoss, Reasons.Internal, $"the {what} on the server is damaged; delete it and upload it again");
        }
    }

    private MemoryEstimate Sized(JobSubmission submission) => submission.Kind switch
    {
        JobKind.Train => MemoryEstimate.OfTraining(Size(submission.Dataset!), (AemloOptions)submission.Options),
        JobKind.Oversample when submission.Options is AemloOptions aemlo => MemoryEstimate.OfOversampling(Size(submission.Dataset!), aemlo),
        JobKind.Oversample => MemoryEstimate.OfResampling(Size(submission.Dataset!), submission.Options),
        _ => Generation(submission, (AemloOptions)submission.Options),
    };

    private MemoryEstimate Generation(JobSubmission submission, AemloOptions asked)
    {
        ModelDescription model = ModelFile.Describe(models.FilePath(submission.Model!));
        // The network is the model's, whatever else is asked for.
        AemloOptions options = asked with
        {
            Network = model.Options.Network,
            Latent = model.Options.Latent,
            Hidden = model.Options.Hidden,
            Layers = model.Options.Layers,
        };
        // The seed rows take no more than the file does.
        long stored = Math.Min((long)model.SeedRows * model.Schema.FeatureCount, model.Bytes / sizeof(double));
        var pool = new WorkSize(model.SeedRows, model.Schema.FeatureCount, EncodedColumns(model.Schema), model.Schema.LabelCount, stored, false);
        MemoryEstimate estimate = submission.Dataset is { } given
            ? MemoryEstimate.OfGeneration(pool with { Rows = given.Rows }, Size(given) with { EncodedColumns = pool.EncodedColumns }, options)
            : MemoryEstimate.OfGeneration(pool with { Rows = model.Training.Rows }, pool, options);
        // Whatever the header says, and whichever rows are used: the whole file is read, and its arrays are made of its bytes.
        return estimate with { Host = Math.Max(estimate.Host, 2 * model.Bytes) };
    }

    private WorkSize Size(DatasetRecord dataset) => new(
        dataset.Rows,
        dataset.Features,
        EncodedColumns(dataset),
        dataset.Labels,
        dataset.Sparse ? dataset.Entries : (long)dataset.Rows * dataset.Features,
        dataset.Sparse);

    private static long EncodedColumns(Data.DatasetSchema schema) =>
        schema.Features.Sum(feature => Columns(feature.Values.Count));

    private long EncodedColumns(DatasetRecord dataset)
    {
        using FileStream stream = File.OpenRead(datasets.FilePath(dataset));
        Protocol.V1.DatasetSchema schema = DatasetHeader.Parser.ParseDelimitedFrom(stream).Schema;
        var labels = schema.Labels.Select(label => label.AttributeIndex).ToHashSet();
        return schema.Attributes.Where((_, index) => !labels.Contains((uint)index)).Sum(attribute => Columns(attribute.Nominal?.Values.Count ?? 0));
    }

    /// <summary>A feature of two values or fewer is one column; more are one column each.</summary>
    private static long Columns(int values) => values > 2 ? values : 1;
}
