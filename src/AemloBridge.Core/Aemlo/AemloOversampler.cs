using System.Diagnostics;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo;

/// <summary>The main job: train on a data set, make new rows for its rare labels, and report.</summary>
public static class AemloOversampler
{
    /// <summary>Trains and generates. Blocks until done. Trains nothing when there is nothing to make.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Told after each epoch, on the training thread.</param>
    /// <param name="cancellationToken">Honoured before every training step and generation batch.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The data set has no rows, features or labels, or holds a value that is no number.</exception>
    /// <exception cref="AemloTrainingException">The loss left the range of numbers.</exception>
    /// <exception cref="Devices.DeviceException">The device asked for cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static OversamplingResult Run(
        MultiLabelDataset data,
        AemloOptions options,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellationToken = default) => Run(data, options, progress, null, cancellationToken);

    /// <summary>Trains and generates as above, and keeps the training's state between epochs.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Told after each epoch, on the training thread.</param>
    /// <param name="checkpoint">Where to keep the state; a run that finds it there gives the same result as one that was never stopped. Null keeps none.</param>
    /// <param name="cancellationToken">Honoured before every training step and generation batch.</param>
    /// <exception cref="AemloModelFormatException">The checkpoint is damaged, or belongs to other data or options.</exception>
    public static OversamplingResult Run(
        MultiLabelDataset data,
        AemloOptions options,
        IProgress<EpochReport>? progress,
        CheckpointPolicy? checkpoint,
        CancellationToken cancellationToken)
    {
        AemloOptionCatalog.Validate(options);
        UsableData.Require(data);
        options = options with { Seed = options.Seed ?? checkpoint?.ExistingSeed() ?? AemloTrainer.DrawSeed() };
        var watch = Stopwatch.StartNew();
        if (!NeedsModel(data, options))
            return NothingToDo(data, options, watch);
        using AemloModel model = AemloTrainer.Train(data, options, progress, checkpoint, cancellationToken);
        return Complete(data, options, model, watch, cancellationToken);
    }

    /// <summary>Whether there is anything to train for; where there is not, a run says why and trains nothing.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The data set has no rows, features or labels, or holds a value that is no number.</exception>
    public static bool NeedsModel(MultiLabelDataset data, AemloOptions options)
    {
        AemloOptionCatalog.Validate(options);
        UsableData.Require(data);
        int minorityRows = ImbalanceMeasures.Compute(data.Schema, data.Labels, options).MinorityRows;
        return minorityRows > 0 && RowCounts.Wanted(options, data.RowCount, minorityRows) > 0;
    }

    /// <summary>
    /// The second half of a run, with a model of these data and of the same options of training: for several rates or
    /// seeds after one training. Gives what a run gives that trains the model itself.
    /// </summary>
    /// <param name="data">The rows that the model was trained on.</param>
    /// <param name="options">The options, the seed included.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Honoured before every generation batch.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The model was trained on other columns.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static OversamplingResult Complete(MultiLabelDataset data, AemloOptions options, AemloModel model, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        SchemaMatch.Require(model.Schema, data.Schema);
        options = options with { Seed = options.Seed ?? AemloTrainer.DrawSeed() };
        return NeedsModel(data, options) ? Complete(data, options, model, watch, cancellationToken) : NothingToDo(data, options, watch);
    }

    private static OversamplingResult Complete(MultiLabelDataset data, AemloOptions options, AemloModel model, Stopwatch watch, CancellationToken cancellationToken)
    {
        var generating = Stopwatch.StartNew();
        GenerationResult generated = AemloGenerator.Generate(model, options, null, cancellationToken);
        var seconds = new RunTimes(model.Training.Seconds, generating.Elapsed.TotalSeconds, watch.Elapsed.TotalSeconds);
        ImbalanceReport before = ImbalanceMeasures.Compute(data.Schema, data.Labels, options);
        ImbalanceReport after = ImbalanceMeasures.Compute(data.Schema, LabelMatrix.Concatenate(data.Labels, generated.Rows.Labels), options);
        return new OversamplingResult(
            ResamplingRecipe.Append(generated.Rows),
            generated,
            before,
            after,
            RunReports.OfOversampling(data, options, model, generated, before, after, seconds));
    }

    private static OversamplingResult NothingToDo(MultiLabelDataset data, AemloOptions options, Stopwatch watch)
    {
        ImbalanceReport before = ImbalanceMeasures.Compute(data.Schema, data.Labels, options);
        int wanted = RowCounts.Wanted(options, data.RowCount, before.MinorityRows);
        string why = RowCounts.WhyNone(options, data.RowCount, before.MinorityRows);
        if (before.MinorityRows == 0)
            why += "; " + NearestLabels.Describe(before, options);
        GenerationResult generated = GenerationResult.Nothing(data, options, wanted, why);
        return new OversamplingResult(
            ResamplingRecipe.Append(generated.Rows),
            generated,
            before,
            before,
            RunReports.OfOversampling(data, options, null, generated, before, before, new RunTimes(0, 0, watch.Elapsed.TotalSeconds)));
    }
}
