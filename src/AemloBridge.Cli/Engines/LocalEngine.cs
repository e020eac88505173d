using System.Diagnostics;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output.Progress;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Engines;

/// <summary>Does the work in this process.</summary>
internal sealed class LocalEngine : IEngine
{
    public string? Server => null;

    public OversampleOutcome Oversample(MultiLabelDataset data, ResamplingOptions options, ProgressTarget? show, CancellationToken cancellation) =>
        OversampleOutcome.Of(ResamplingMethods.Of(options).Run(data, options, show, cancellation));

    public ITrainedModel Train(MultiLabelDataset data, AemloOptions options, CheckpointPolicy? checkpoint, ProgressTarget? show, CancellationToken cancellation) =>
        new LocalModel(AemloTrainer.Train(data, options, show, checkpoint, cancellation));

    public ITrainedModel? Reopen(KeptModel kept, CancellationToken cancellation)
    {
        try
        {
            AemloOptions options = ModelFile.Describe(kept.Reference).Options;
            return new LocalModel(ModelFile.Load(kept.Reference, options.Device, options.Threads));
        }
        catch (Exception exception) when (exception is AemloModelFormatException or IOException or UnauthorizedAccessException)
        {
            // It is made again.
            return null;
        }
    }

    public void Discard(KeptModel kept) => File.Delete(kept.Reference);

    public AemloOptions ModelOptions(string model, CancellationToken cancellation) => ModelInput.Describe(model).Options;

    public GenerateOutcome Generate(string model, AemloOptions options, MultiLabelDataset? seeds, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using AemloModel loaded = ModelInput.Load(model, options.Device, options.Threads);
        GenerationResult result = AemloGenerator.Generate(loaded, options, seeds, cancellation);
        return new GenerateOutcome(loaded.Schema, result.Rows, RunReports.OfGeneration(loaded, options, result, seeds, watch.Elapsed.TotalSeconds));
    }

    public ImbalanceReport Analyze(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation) =>
        ImbalanceMeasures.Compute(data.Schema, data.Labels, options);

    public void Dispose()
    {
    }

    /// <summary>A model in this process's memory.</summary>
    private sealed class LocalModel(AemloModel model) : ITrainedModel
    {
        public void Write(Stream stream, CancellationToken cancellation) => ModelFile.Write(model, stream);

        public RunReport Report(MultiLabelDataset data, double totalSeconds) => RunReports.OfTraining(data, model, totalSeconds);

        public OversampleOutcome Oversample(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation) =>
            OversampleOutcome.Of(AemloOversampler.Complete(data, options, model, cancellation));

        public KeptModel Keep(string path, CancellationToken cancellation)
        {
            ModelFile.Save(model, path, overwrite: true);
            return new KeptModel(path, model.Training.Warnings, model.Training.Seconds);
        }

        public void Dispose() => model.Dispose();
    }
}
