using AemloBridge.Data;
using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// Finds labels that are noise: none of the row's nearest rows has the label, no row with the label has this one among
/// its nearest of the same label, and the nearest of these is further away than one and a half times the largest distance
/// between the rows that are no noise and their neighbours.
/// </summary>
internal static class NoiseClearing
{
    private const double FarAway = 1.5;

    /// <summary>The labels to clear, by row and label. A label stays while a label below it does.</summary>
    /// <param name="schema">Says which labels are below which.</param>
    /// <param name="labels">n × q, as given.</param>
    /// <param name="neighbours">Searches among them.</param>
    /// <param name="options">Numbers of neighbours.</param>
    /// <param name="cancellationToken">Honoured block by block.</param>
    public static LabelEdit[] Find(DatasetSchema schema, LabelMatrix labels, ClassNeighbours neighbours, MlboteOptions options, CancellationToken cancellationToken)
    {
        HashSet<(int Row, int Label)> candidates = Candidates(labels, neighbours, options.NoiseNeighbours);
        int[] counts = labels.PositiveCounts();
        int[] affected = [.. candidates.Select(candidate => candidate.Label).Distinct().Where(label => counts[label] > options.NoiseLabelNeighbours + 1).Order()];
        ClassQuery[] queries = [.. affected.SelectMany(label => neighbours.Positives(label).Select(row => new ClassQuery(row, label, true, options.NoiseLabelNeighbours)))];
        Neighbour[][] found = neighbours.Find(queries, cancellationToken);
        var marked = new HashSet<(int Row, int Label)>();
        int first = 0;
        foreach (int label in affected)
        {
            int[] positives = neighbours.Positives(label);
            marked.UnionWith(Marked(label, positives, found.AsSpan(first, positives.Length), candidates));
            first += positives.Length;
        }

        KeepHierarchy(schema, labels, marked);
        return [.. marked.Order().Select(mark => new LabelEdit(mark.Row, mark.Label, false))];
    }

    private static HashSet<(int Row, int Label)> Candidates(LabelMatrix labels, ClassNeighbours neighbours, int count)
    {
        var candidates = new HashSet<(int, int)>();
        var around = new ulong[(labels.LabelCount + 63) / 64];
        for (int row = 0; row < labels.RowCount; row++)
        {
            Array.Clear(around);
            foreach (Neighbour neighbour in neighbours.OfAll[row].AsSpan(0, Math.Min(count, neighbours.OfAll[row].Length)))
            {
                for (int word = 0; word < around.Length; word++)
                    around[word] |= labels.RowWords(neighbour.Row)[word];
            }

            for (int label = 0; label < labels.LabelCount; label++)
            {
                if (labels[row, label] && (around[label >> 6] >> (label & 63) & 1) == 0)
                    candidates.Add((row, label));
            }
        }

        return candidates;
    }

    private static List<(int Row, int Label)> Marked(int label, int[] positives, ReadOnlySpan<Neighbour[]> lists, HashSet<(int Row, int Label)> candidates)
    {
        var heard = new HashSet<int>();
        foreach (Neighbour[] list in lists)
            heard.UnionWith(list.Select(neighbour => neighbour.Row));

        double farthest = 0;
        for (int at = 0; at < positives.Length; at++)
        {
            if (!candidates.Contains((positives[at], label)) || heard.Contains(positives[at]))
                farthest = Math.Max(farthest, lists[at][^1].Distance);
        }

        var marked = new List<(int, int)>();
        for (int at = 0; at < positives.Length; at++)
        {
            if (candidates.Contains((positives[at], label)) && lists[at][0].Distance > FarAway * farthest)
                marked.Add((positives[at], label));
        }

        return marked;
    }

    private static void KeepHierarchy(DatasetSchema schema, LabelMatrix labels, HashSet<(int Row, int Label)> marked)
    {
        if (!schema.HasHierarchy)
            return;
        foreach (int row in marked.Select(mark => mark.Row).Distinct().ToArray())
        {
            for (int label = 0; label < schema.LabelCount; label++)
            {
                if (!labels[row, label] || marked.Contains((row, label)))
                    continue;
                for (int parent = schema.Labels[label].Parent; parent >= 0; parent = schema.Labels[parent].Parent)
                    marked.Remove((row, parent));
            }
        }
    }
}
