using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Imbalance;

namespace AemloBridge.Aemlo.Training;

/// <summary>What a user should know of data that can be trained on but is not quite ordinary.</summary>
internal static class TrainingWarnings
{
    private const int NamesShown = 5;

    public static IReadOnlyList<string> Of(MultiLabelDataset data, FeatureEncoder encoder, RowSplit split, LabelThresholds thresholds, SeedPool seeds, AemloOptions options)
    {
        var warnings = new List<string>();
        if (data.Source is not null)
            warnings.AddRange(data.Source.Warnings);
        AddNames(warnings, Features(encoder, data, column => column.IsEmpty), "has no value in any row and stays missing in new rows", "have no value in any row and stay missing in new rows", "feature");
        AddNames(warnings, Features(encoder, data, column => column.IsConstant && !column.IsEmpty), "holds one value only", "hold one value only", "feature");
        int[] positives = data.Labels.PositiveCounts();
        // A threshold of one half is not tuned, so it cannot be raised out of reach.
        bool never = options.Threshold != ThresholdRule.Half;
        AddNames(warnings, Labels(data, positives, count => count == 0), "has no positive row" + (never ? " and is never predicted" : ""), "have no positive row" + (never ? " and are never predicted" : ""), "label");
        AddNames(warnings, Labels(data, positives, count => count == data.RowCount), "is positive in every row", "are positive in every row", "label");
        List<string> lost = [.. data.Schema.Labels.Where((_, index) => positives[index] > 0 && double.IsPositiveInfinity(thresholds.Values[index])).Select(label => label.Name)];
        AddNames(warnings, lost, "has no positive row among those held out for the thresholds and is never predicted (--validation-share 0 tunes on all rows)", "have no positive row among those held out for the thresholds and are never predicted (--validation-share 0 tunes on all rows)", "label");
        if (seeds.Count == 0)
            warnings.Add($"{RowCounts.NoMinority}; {NearestLabels.Describe(ImbalanceMeasures.Compute(data.Schema, data.Labels, options), options)}");
        long missing = encoder.Columns.Sum(column => (long)column.MissingCount);
        if (missing > 0)
            warnings.Add($"{missing:N0} missing feature values were filled with the column's mean or mode for training");
        if (options.ValidationShare > 0 && !split.IsHeldOut)
            warnings.Add($"{data.RowCount} rows are too few to hold out a share of {options.ValidationShare}; thresholds were tuned on the training rows");
        if (split.Training.Length < options.BatchSize)
            warnings.Add($"there are {split.Training.Length} training rows for a batch size of {options.BatchSize}: each epoch is a single step");
        return warnings;
    }

    private static List<string> Features(FeatureEncoder encoder, MultiLabelDataset data, Func<EncodedColumn, bool> condition) =>
        [.. encoder.Columns.Select((column, index) => (column, index)).Where(pair => condition(pair.column)).Select(pair => data.Schema.Features[pair.index].Name)];

    private static List<string> Labels(MultiLabelDataset data, int[] positives, Func<int, bool> condition) =>
        [.. data.Schema.Labels.Where((_, index) => condition(positives[index])).Select(label => label.Name)];

    private static void AddNames(List<string> warnings, List<string> names, string one, string many, string noun)
    {
        if (names.Count == 0)
            return;
        string shown = string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'"));
        string more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
        warnings.Add(names.Count == 1 ? $"{noun} {shown} {one}" : $"{names.Count} {noun}s {many}: {shown}{more}");
    }
}
