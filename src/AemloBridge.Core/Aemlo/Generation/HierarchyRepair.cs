using AemloBridge.Data;

namespace AemloBridge.Aemlo.Generation;

/// <summary>
/// Makes a row's labels agree with the label hierarchy: a label needs its parents. Labels copied from the seed stay as
/// they are where that is possible, so a decoded label whose copied ancestor is absent is taken away, and otherwise
/// missing ancestors are added.
/// </summary>
internal static class HierarchyRepair
{
    /// <summary>Repairs one row.</summary>
    /// <param name="schema">The labels and their parents.</param>
    /// <param name="labels">The matrix that holds the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="copied">Which labels were copied from the seed.</param>
    /// <returns>True when something changed.</returns>
    public static bool Apply(DatasetSchema schema, LabelMatrix labels, int row, IReadOnlyList<bool> copied)
    {
        bool changed = false;
        for (int label = 0; label < schema.LabelCount; label++)
        {
            if (!labels[row, label] || copied[label] || !Ancestors(schema, label).Any(parent => copied[parent] && !labels[row, parent]))
                continue;
            labels[row, label] = false;
            changed = true;
        }

        for (int label = 0; label < schema.LabelCount; label++)
        {
            if (!labels[row, label])
                continue;
            foreach (int parent in Ancestors(schema, label))
            {
                changed |= !labels[row, parent];
                labels[row, parent] = true;
            }
        }

        return changed;
    }

    private static IEnumerable<int> Ancestors(DatasetSchema schema, int label)
    {
        for (int parent = schema.Labels[label].Parent; parent >= 0; parent = schema.Labels[parent].Parent)
            yield return parent;
    }

    /// <summary>What a run says of the rows that were changed.</summary>
    /// <param name="rows">How many; at least one.</param>
    public static string Sentence(int rows) =>
        $"the labels of {rows} new {(rows == 1 ? "row" : "rows")} were changed to agree with the label hierarchy";
}
