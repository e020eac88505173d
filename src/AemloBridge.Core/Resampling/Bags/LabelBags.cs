using AemloBridge.Data;

namespace AemloBridge.Resampling.Bags;

/// <summary>The bag of a label: the rows that have it.</summary>
internal static class LabelBags
{
    /// <summary>For every label its rows, ascending.</summary>
    public static List<int>[] Of(LabelMatrix labels)
    {
        List<int>[] bags = [.. labels.PositiveCounts().Select(count => new List<int>(count))];
        for (int row = 0; row < labels.RowCount; row++)
        {
            foreach (int label in RowLabels.Of(labels, row))
                bags[label].Add(row);
        }

        return bags;
    }
}
