using AemloBridge.Aemlo.Generation;
using AemloBridge.Data;

namespace AemloBridge.Resampling.Rows;

/// <summary>What is the same for all new rows, however they were made.</summary>
internal static class NewRows
{
    /// <summary>Puts new rows together; each has its seed's weight.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="features">m rows.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="seeds">m positions among the given rows.</param>
    /// <param name="references">The same for the second parents.</param>
    public static SyntheticRows Of(MultiLabelDataset data, FeatureMatrix features, LabelMatrix labels, int[] seeds, int[] references) =>
        new(features, labels, data.Weights is { } weights ? [.. seeds.Select(seed => weights[seed])] : null, seeds, references);

    /// <summary>Gives labels put together from several rows the parents that the hierarchy asks for.</summary>
    /// <param name="schema">The labels and their parents.</param>
    /// <param name="labels">The labels of the new rows.</param>
    /// <returns>A warning that counts the rows changed, or none.</returns>
    public static IEnumerable<string> RepairHierarchy(DatasetSchema schema, LabelMatrix labels)
    {
        if (!schema.HasHierarchy)
            return [];
        var copied = new bool[schema.LabelCount];
        int changed = 0;
        for (int row = 0; row < labels.RowCount; row++)
            changed += HierarchyRepair.Apply(schema, labels, row, copied) ? 1 : 0;
        return changed == 0 ? [] : [HierarchyRepair.Sentence(changed)];
    }
}
