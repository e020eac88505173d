using AemloBridge.Data;

namespace AemloBridge.Resampling.Bags;

/// <summary>The rows grouped by their whole label set (label powerset); rows without labels are a group like any other.</summary>
internal static class LabelSets
{
    /// <summary>For each label set that occurs its rows, ascending; the sets in the order of their first rows.</summary>
    public static List<List<int>> Of(LabelMatrix labels)
    {
        var bags = new List<List<int>>();
        var byRow = new Dictionary<int, List<int>>(new SameLabels(labels));
        for (int row = 0; row < labels.RowCount; row++)
        {
            if (!byRow.TryGetValue(row, out List<int>? bag))
            {
                byRow.Add(row, bag = []);
                bags.Add(bag);
            }

            bag.Add(row);
        }

        return bags;
    }

    private sealed class SameLabels(LabelMatrix labels) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => labels.RowWords(x).SequenceEqual(labels.RowWords(y));

        public int GetHashCode(int row)
        {
            var hash = new HashCode();
            foreach (ulong word in labels.RowWords(row))
                hash.Add(word);
            return hash.ToHashCode();
        }
    }
}
