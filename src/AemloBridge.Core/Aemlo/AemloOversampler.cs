using System.Diagnostics;
using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo;

/// <summary>The main job: train on a data set, make new rows for its rare labels, and report.</summary>
public static class AemloOversampler
{
    private const int NearestLabelsShown = 3;

    /// <summary>Trains and generates. Blocks until done. Trains nothing when there is nothing to make.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Told after each epoch, on the training thread.</param>
    /// <param name="cancellationToken">Honoured before every training step and generation batch.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The data set has no rows.</exception>
    /// <exception cref="AemloTrainingException">The loss left the range of numbers.</exception>
    /// <exception cref="Devices.DeviceException">The device asked for cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static OversamplingResult Run(
        MultiLabelDataset data,
        AemloOptions options,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellationToken = default)
    {
        AemloOptionCatalog.Validate(options);
        if (data.RowCount == 0)
            throw new AemloInputException("the data set has no rows; there is nothing to oversample");
        options = options with { Seed = options.Seed ?? AemloTrainer.DrawSeed() };
        var watch = Stopwatch.StartNew();
        ImbalanceReport before = Measure(data, data.Labels, options);
        if (before.MinorityRows == 0 || RowCounts.Wanted(options, data.RowCount, before.MinorityRows) == 0)
            return NothingToDo(data, options, before, watch);

        using AemloModel model = AemloTrainer.Train(data, options, progress, null, cancellationToken);
        var generating = Stopwatch.StartNew();
        GenerationResult generated = AemloGenerator.Generate(model, options, null, cancellationToken);
        double generationSeconds = generating.Elapsed.TotalSeconds;
        return new OversamplingResult(
            ResamplingRecipe.Append(generated.Rows),
            Report(
                data,
                options,
                model.Training,
                data.Schema.Labels.Select((label, index) => (label.Name, model.Thresholds[index])).ToDictionary(pair => pair.Name, pair => pair.Item2),
                generated,
                before,
                Measure(data, Together(data.Labels, generated.Rows.Labels), options),
                new RunTimes(model.Training.Seconds, generationSeconds, watch.Elapsed.TotalSeconds)));
    }

    private static OversamplingResult NothingToDo(MultiLabelDataset data, AemloOptions options, ImbalanceReport before, Stopwatch watch)
    {
        string why = RowCounts.WhyNone(options, data.RowCount, before.MinorityRows);
        if (before.MinorityRows == 0)
            why += "; " + NearestToCuts(before, options);
        SyntheticRows none = RowCollector.None(data.Schema, data.Features.IsSparse);
        var generated = new GenerationResult(none, RowCounts.Wanted(options, data.RowCount, before.MinorityRows), 0, options.Seed!.Value, GenerationStatistics.Of(none, data, []), [why]);
        var training = new TrainingSummary(options.Seed!.Value, "", 0, data.RowCount, 0, 0, 0, data.Source?.Sha256, [], 0, data.Source?.Warnings ?? []);
        return new OversamplingResult(
            ResamplingRecipe.Append(none),
            Report(data, options, training, new Dictionary<string, double>(), generated, before, before, new RunTimes(0, 0, watch.Elapsed.TotalSeconds)));
    }

    /// <summary>Names the labels that came closest to being minority labels, so that the user can see how far the cuts are.</summary>
    private static string NearestToCuts(ImbalanceReport before, AemloOptions options)
    {
        IEnumerable<string> nearest = before.Labels
            .Where(label => label.Positives > 0 && double.IsFinite(label.ImR))
            .OrderByDescending(label => Math.Min(options.MinorityRule == MinorityRule.ImrAndIrlbl ? label.ImR / options.MinorityCut : double.MaxValue, label.IRLbl / before.MeanIR))
            .Take(NearestLabelsShown)
            .Select(label => FormattableString.Invariant($"'{label.Name}' (ImR {label.ImR:F2}, IRLbl {label.IRLbl:F2})"));
        string cuts = options.MinorityRule == MinorityRule.ImrAndIrlbl
            ? FormattableString.Invariant($"ImR above {options.MinorityCut} and IRLbl above MeanIR {before.MeanIR:F2}")
            : FormattableString.Invariant($"IRLbl above MeanIR {before.MeanIR:F2}");
        string names = string.Join(", ", nearest);
        return names.Length == 0 ? "no label has both positive and negative rows" : $"nearest to the cuts ({cuts}) are {names}";
    }

    private static ImbalanceReport Measure(MultiLabelDataset data, LabelMatrix labels, AemloOptions options) =>
        ImbalanceMeasures.Compute(labels, [.. data.Schema.Labels.Select(label => label.Name)], options.MinorityRule, options.MinorityCut);

    private static LabelMatrix Together(LabelMatrix given, LabelMatrix added)
    {
        var all = new LabelMatrix(given.RowCount + added.RowCount, given.LabelCount);
        for (int row = 0; row < given.RowCount; row++)
            all.CopyRowFrom(row, given, row);
        for (int row = 0; row < added.RowCount; row++)
            all.CopyRowFrom(given.RowCount + row, added, row);
        return all;
    }

    private static RunReport Report(
        MultiLabelDataset data,
        AemloOptions options,
        TrainingSummary training,
        IReadOnlyDictionary<string, double> thresholds,
        GenerationResult generated,
        ImbalanceReport before,
        ImbalanceReport after,
        RunTimes times) => new(
            ProgramVersion.Current,
            ProgramVersion.TorchSharp,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}",
            OptionsJson.ToDictionary(options),
            options.Seed!.Value,
            training.Device.Length == 0 ? null : training.Device,
            training.Threads,
            Input(data),
            training.Epochs,
            training.KeptEpoch,
            training.ValidationRows,
            thresholds,
            new SyntheticRecord(generated.Requested, generated.Rows.Count, generated.Draws, generated.Statistics, generated.Rows.SeedRows, generated.Rows.NeighbourRows),
            before,
            after,
            [.. training.Warnings, .. generated.Warnings],
            times);

    private static InputRecord Input(MultiLabelDataset data)
    {
        long missing = 0;
        for (int row = 0; row < data.RowCount; row++)
        {
            foreach (double value in data.Features.RowValues(row))
                missing += double.IsNaN(value) ? 1 : 0;
        }

        return new InputRecord(data.Source?.Path, data.Source?.Sha256, data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount, data.Features.IsSparse, missing);
    }
}
