using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output.Progress;
using AemloBridge.Client;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;
using ImbalanceReport = AemloBridge.Imbalance.ImbalanceReport;

namespace AemloBridge.Cli.Engines;

/// <summary>Has the work done by a server. Nothing here loads libtorch.</summary>
internal sealed class RemoteEngine(AemloClient client) : IEngine
{
    public string? Server => client.Address;

    public OversampleOutcome Oversample(MultiLabelDataset data, ResamplingOptions options, ProgressTarget? show, CancellationToken cancellation)
    {
        ResamplingOutcome got = Wait(client.OversampleAsync(data, options, show, Settings(show), cancellation));
        if (got.Report.Before is null || got.Report.After is null)
            throw RemoteReports.Wrong(client, "the report has no imbalance before and after");
        return new OversampleOutcome(
            got.Recipe,
            ImbalanceContract.FromMessage(got.Report.Before),
            ImbalanceContract.FromMessage(got.Report.After),
            RemoteReports.Read(client, got.Report, got.Recipe.NewRows, data));
    }

    public ITrainedModel Train(MultiLabelDataset data, AemloOptions options, CheckpointPolicy? checkpoint, ProgressTarget? show, CancellationToken cancellation)
    {
        TrainingOutcome got = Wait(client.TrainAsync(data, options, Name(data), show, Settings(show), cancellation));
        RunReport report = RemoteReports.Read(client, got.Report, null, null);
        return new RemoteModel(client, new KeptModel(got.ModelId, report.Warnings, report.Seconds.Training), got.Report);
    }

    public ITrainedModel? Reopen(KeptModel kept, CancellationToken cancellation) =>
        Find(kept.Reference, cancellation) is null ? null : new RemoteModel(client, kept, null);

    public void Discard(KeptModel kept)
    {
        try
        {
            Wait(client.Models.DeleteAsync(kept.Reference));
        }
        catch (AemloServerException)
        {
            // It goes anyway when its time is over.
        }
    }

    public AemloOptions ModelOptions(string model, CancellationToken cancellation)
    {
        if (File.Exists(model))
            return ModelInput.Describe(model).Options;
        Model found = Find(model, cancellation)
            ?? throw new AemloInputException($"'{model}' is neither a model file here nor the id of a model on the server; 'aemlo models --server {client.Address}' lists those");
        Dictionary<string, string> values = new(found.Method.Options) { [OptionValues.PresetKey] = found.Method.Preset };
        return MethodContract.FromValues(values);
    }

    public GenerateOutcome Generate(string model, AemloOptions options, MultiLabelDataset? seeds, CancellationToken cancellation)
    {
        string id = File.Exists(model) ? Upload(model, cancellation) : model;
        string? digest = seeds is null ? null : Wait(client.UploadAsync(seeds, Name(seeds), cancellation)).Digest;
        ResamplingOutcome got = Wait(client.Jobs.GenerateAsync(id, options, seeds?.Schema, digest, null, cancellation));
        return new GenerateOutcome(got.Schema, got.Recipe.NewRows, RemoteReports.Read(client, got.Report, got.Recipe.NewRows, seeds));
    }

    public ImbalanceReport Analyze(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation) =>
        Wait(client.AnalyzeAsync(data, options, cancellation));

    public void Dispose() => client.Dispose();

    /// <summary>Commands are synchronous, and nothing here needs the thread that waits.</summary>
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static string Name(MultiLabelDataset data) => Path.GetFileName(data.Source?.Path) ?? string.Empty;

    private static JobSettings Settings(ProgressTarget? show) => new() { Notices = show is null ? null : new Notices(show) };

    private string Upload(string file, CancellationToken cancellation)
    {
        // Described first: what is no model file is the input's fault, and is not sent.
        ModelInput.Describe(file);
        using FileStream stream = File.OpenRead(file);
        return Wait(client.Models.UploadAsync(stream, Path.GetFileName(file), cancellation)).Id;
    }

    private Model? Find(string id, CancellationToken cancellation) =>
        Wait(client.Models.ListAsync(cancellation).FirstOrDefaultAsync(model => model.Id == id, cancellation).AsTask());

    private sealed class Notices(ProgressTarget show) : IProgress<JobNotice>
    {
        public void Report(JobNotice value) => show.Note(value.Text);
    }

    /// <summary>A model that the server keeps.</summary>
    private sealed class RemoteModel(AemloClient client, KeptModel kept, JobReport? report) : ITrainedModel
    {
        public void Write(Stream stream, CancellationToken cancellation) => Wait(client.Models.DownloadAsync(kept.Reference, stream, cancellation));

        public RunReport Report(MultiLabelDataset data, double totalSeconds)
        {
            RunReport read = RemoteReports.Read(client, report ?? throw new InvalidOperationException("a model that was reopened has no report of its training"), null, data);
            return read with { Seconds = read.Seconds with { Total = totalSeconds } };
        }

        public OversampleOutcome Oversample(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation)
        {
            ResamplingOutcome got = Wait(client.GenerateAsync(kept.Reference, options, data, null, cancellation));
            SyntheticRows rows = got.Recipe.NewRows;
            ImbalanceReport before = ImbalanceMeasures.Compute(data.Schema, data.Labels, options);
            ImbalanceReport after = ImbalanceMeasures.Compute(data.Schema, LabelMatrix.Concatenate(data.Labels, rows.Labels), options);
            RunReport read = RemoteReports.Read(client, got.Report, rows, null);
            return new OversampleOutcome(got.Recipe, before, after, RemoteReports.AsOversampling(read, options, data, kept) with { Before = before, After = after });
        }

        public KeptModel Keep(string path, CancellationToken cancellation) => kept;

        public void Dispose()
        {
        }
    }
}
