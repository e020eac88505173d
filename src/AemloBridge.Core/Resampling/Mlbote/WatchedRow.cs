using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>A row with all its border entries: a new row's distance to it is measured once for all labels, and only where it may matter.</summary>
/// <param name="row">The row.</param>
/// <param name="labelCount">q.</param>
internal sealed class WatchedRow(int row, int labelCount)
{
    private readonly List<BorderEntry> _entries = [];
    private readonly ulong[] _labels = new ulong[(labelCount + 63) / 64];

    // What a squared distance has to be below to matter to an entry whose label the new row lacks, and so for most labels.
    private double _worstWithout = double.NegativeInfinity;

    /// <summary>The row.</summary>
    public int Row => row;

    /// <summary>Adds the entry of one more label.</summary>
    public void Add(BorderEntry entry)
    {
        _entries.Add(entry);
        _labels[entry.Label >> 6] |= 1UL << (entry.Label & 63);
        _worstWithout = Math.Max(_worstWithout, entry.Worst(hasLabel: false));
    }

    /// <summary>Takes new rows in, in their order.</summary>
    /// <param name="added">The new rows.</param>
    /// <param name="space">The metric.</param>
    /// <param name="matrix">Holds the new rows first.</param>
    /// <param name="place">Where it holds this row.</param>
    /// <param name="estimates">Estimates of the distances to the new rows.</param>
    /// <param name="basis">What makes bounds of them.</param>
    public void Include(AddedRows added, DistanceSpace space, FeatureMatrix matrix, int place, ReadOnlySpan<float> estimates, EstimateBase basis)
    {
        double shift = basis.Norm - basis.Error;
        for (int at = 0; at < added.Count; at++)
        {
            double least = double.IsFinite(shift) ? estimates[at] + shift : 0;
            ReadOnlySpan<ulong> labels = added.Labels(at);
            if (least < _worstWithout || MattersWith(labels, least))
                Include(added.First + at, labels, space.SquaredDistance(matrix, place, matrix, at));
        }
    }

    private static bool Has(ReadOnlySpan<ulong> labels, int label) => (labels[label >> 6] >> (label & 63) & 1) != 0;

    private bool MattersWith(ReadOnlySpan<ulong> labels, double least)
    {
        ulong common = 0;
        for (int word = 0; word < labels.Length; word++)
            common |= labels[word] & _labels[word];
        if (common == 0)
            return false;
        foreach (BorderEntry entry in _entries)
        {
            if (Has(labels, entry.Label) && least < entry.Worst(hasLabel: true))
                return true;
        }

        return false;
    }

    private void Include(int newRow, ReadOnlySpan<ulong> labels, double squared)
    {
        double worst = double.NegativeInfinity;
        foreach (BorderEntry entry in _entries)
        {
            entry.Include(newRow, Has(labels, entry.Label), squared);
            worst = Math.Max(worst, entry.Worst(hasLabel: false));
        }

        _worstWithout = worst;
    }
}
