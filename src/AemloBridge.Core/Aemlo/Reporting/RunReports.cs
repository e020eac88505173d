using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Reporting;

/// <summary>Puts run reports together, for each kind of run.</summary>
public static class RunReports
{
    /// <summary>The report of a training alone.</summary>
    /// <param name="data">What it was given.</param>
    /// <param name="model">What it made.</param>
    /// <param name="totalSeconds">For the whole run.</param>
    public static RunReport OfTraining(MultiLabelDataset data, AemloModel model, double totalSeconds) => Empty("train", model.Options, model.Training) with
    {
        Input = Input(data),
        Thresholds = ThresholdsByLabel(model),
        Before = ImbalanceMeasures.Compute(data.Schema, data.Labels, model.Options),
        Warnings = model.Training.Warnings,
        Seconds = new RunTimes(model.Training.Seconds, 0, totalSeconds),
    };

    /// <summary>The report of rows made from a model; its training is reported along.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="generated">What was made; its seed is the report's.</param>
    /// <param name="seeds">The rows given in place of the model's own, or null.</param>
    /// <param name="totalSeconds">For the whole run.</param>
    public static RunReport OfGeneration(AemloModel model, AemloOptions options, GenerationResult generated, MultiLabelDataset? seeds, double totalSeconds) =>
        Empty("generate", options with { Seed = generated.Seed }, model.Training) with
        {
            Input = seeds is null ? null : Input(seeds),
            Thresholds = ThresholdsByLabel(model),
            Synthetic = Synthetic(generated),
            Warnings = [.. seeds?.Source?.Warnings ?? [], .. generated.Warnings],
            Seconds = new RunTimes(0, totalSeconds, totalSeconds),
        };

    /// <summary>The report of an oversampling run.</summary>
    internal static RunReport OfOversampling(
        MultiLabelDataset data,
        AemloOptions options,
        AemloModel? model,
        GenerationResult generated,
        ImbalanceReport before,
        ImbalanceReport after,
        RunTimes seconds) => Empty("oversample", options, model?.Training) with
        {
            Input = Input(data),
            Thresholds = model is null ? new Dictionary<string, double>() : ThresholdsByLabel(model),
            Recipe = Recipe(ResamplingRecipe.Append(generated.Rows), data.RowCount, generated.Requested),
            Synthetic = Synthetic(generated),
            Before = before,
            After = after,
            Warnings = [.. model?.Training.Warnings ?? data.Source?.Warnings ?? [], .. generated.Warnings],
            Seconds = seconds,
        };

    /// <summary>The report of a method without a training.</summary>
    internal static RunReport OfResampling(
        MultiLabelDataset data,
        ResamplingOptions options,
        Resampled made,
        ImbalanceReport before,
        ImbalanceReport after,
        double totalSeconds,
        CancellationToken cancellationToken) => Empty("oversample", options, null) with
        {
            Input = Input(data),
            Recipe = Recipe(made.Recipe, data.RowCount, made.Requested),
            Synthetic = Synthetic(made, data, cancellationToken),
            Before = before,
            After = after,
            Warnings = [.. data.Source?.Warnings ?? [], .. made.Warnings],
            Seconds = new RunTimes(0, totalSeconds, totalSeconds),
        };

    private static RunReport Empty(string command, ResamplingOptions options, TrainingSummary? training) => new(
        command,
        options.Method,
        ProgramVersion.Current,
        ProgramVersion.TorchSharp,
        training?.LibtorchVersion,
        $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}",
        OptionValues.Of(options),
        options.Seed!.Value,
        training?.Device,
        training?.Threads ?? 0,
        null,
        training?.Epochs ?? [],
        training?.KeptEpoch ?? 0,
        training?.ValidationRows ?? 0,
        new Dictionary<string, double>(),
        null,
        null,
        null,
        null,
        [],
        new RunTimes(0, 0, 0));

    private static Dictionary<string, double> ThresholdsByLabel(AemloModel model) =>
        model.Schema.Labels.Select((label, index) => (label.Name, Threshold: model.Thresholds[index])).ToDictionary(pair => pair.Name, pair => pair.Threshold);

    private static SyntheticRecord Synthetic(GenerationResult generated) =>
        new(generated.Requested, generated.Rows.Count, generated.Draws, generated.Statistics, generated.Rows.SeedRows, generated.Rows.NeighbourRows);

    private static SyntheticRecord? Synthetic(Resampled made, MultiLabelDataset data, CancellationToken cancellationToken)
    {
        SyntheticRows rows = made.Recipe.NewRows;
        if (rows.Count == 0)
            return null;
        // Of a method that also repeats rows or takes some away, what was asked for is not all new rows.
        int requested = made.Recipe.CloneSources.Length == 0 && made.Recipe.KeptRows is null ? made.Requested : rows.Count;
        return new SyntheticRecord(requested, rows.Count, rows.Count, GenerationStatistics.Of(rows, data, rows.SeedRows, cancellationToken), rows.SeedRows, rows.NeighbourRows);
    }

    private static RecipeRecord Recipe(ResamplingRecipe recipe, int rows, int requested)
    {
        int kept = recipe.KeptRows?.Length ?? rows;
        return new RecipeRecord(kept, rows - kept, recipe.LabelEdits.Count, recipe.CloneSources.Length, recipe.NewRows.Count, requested);
    }

    private static InputRecord Input(MultiLabelDataset data)
    {
        long missing = 0;
        for (int row = 0; row < data.RowCount; row++)
        {
            foreach (double value in data.Features.RowValues(row))
                missing += double.IsNaN(value) ? 1 : 0;
        }

        ArffSource? source = data.Source;
        return new InputRecord(source?.Path, source?.Sha256, source?.LabelXmlPath, source?.LabelXmlSha256, data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount, data.Features.IsSparse, missing);
    }
}
