using System.Numerics;
using AemloBridge.Data;

namespace AemloBridge.Resampling.Mlsol;

/// <summary>
/// How each label is spread around each row (Liu and Tsoumakas 2019, Sections 3.1 and 3.2). An entry (i, j) whose value is
/// the rarer one of label j has C_ij, the share of the k neighbours with the other value; SAFE below 0.3, BORDERLINE below
/// 0.7, RARE below 1, OUTLIER at 1. A RARE entry with a SAFE or BORDERLINE neighbour of its class becomes BORDERLINE, until
/// none does. All other entries are MAJORITY. One bit per entry and type.
/// </summary>
internal sealed class LocalClasses
{
    private const double SafeBelow = 0.3;
    private const double BorderlineBelow = 0.7;

    private readonly LabelMatrix _labels;
    private readonly int[][] _neighbours;

    // Bits of the labels whose rarer value is 0: those that more than half of the rows have.
    private readonly ulong[] _zeroIsRarer;

    /// <summary>Classifies every entry.</summary>
    /// <param name="labels">n × q.</param>
    /// <param name="neighbours">For each row its k neighbours, k the same for all and at least 1.</param>
    /// <param name="cancellationToken">Checked row by row.</param>
    public LocalClasses(LabelMatrix labels, int[][] neighbours, CancellationToken cancellationToken)
    {
        _labels = labels;
        _neighbours = neighbours;
        _zeroIsRarer = new ulong[(labels.LabelCount + 63) / 64];
        foreach ((int label, int positives) in labels.PositiveCounts().Index())
        {
            if (positives > labels.RowCount - positives)
                _zeroIsRarer[label >> 6] |= 1UL << (label & 63);
        }

        Safe = new LabelMatrix(labels.RowCount, labels.LabelCount);
        Borderline = new LabelMatrix(labels.RowCount, labels.LabelCount);
        Rare = new LabelMatrix(labels.RowCount, labels.LabelCount);
        Outlier = new LabelMatrix(labels.RowCount, labels.LabelCount);
        Weights = new double[labels.RowCount];
        Classify(cancellationToken);
        while (Promote(cancellationToken))
        {
        }
    }

    /// <summary>Entries of type SAFE.</summary>
    public LabelMatrix Safe { get; }

    /// <summary>Entries of type BORDERLINE.</summary>
    public LabelMatrix Borderline { get; }

    /// <summary>Entries of type RARE.</summary>
    public LabelMatrix Rare { get; }

    /// <summary>Entries of type OUTLIER.</summary>
    public LabelMatrix Outlier { get; }

    /// <summary>w_i = Σ_j C_ij / Σ_i C_ij over the entries that are no outliers; a label whose C are all 0 gives nothing.</summary>
    public double[] Weights { get; }

    private void Classify(CancellationToken cancellationToken)
    {
        var sums = new double[_labels.LabelCount];
        ForEachEntry(cancellationToken, (row, label, share) =>
        {
            LabelMatrix type = share < SafeBelow ? Safe : share < BorderlineBelow ? Borderline : share < 1 ? Rare : Outlier;
            type[row, label] = true;
            if (share < 1)
                sums[label] += share;
        });
        ForEachEntry(cancellationToken, (row, label, share) =>
        {
            if (share < 1 && sums[label] > 0)
                Weights[row] += share / sums[label];
        });
    }

    /// <summary>Goes over the entries of the rarer class, rows ascending, labels ascending within a row.</summary>
    private void ForEachEntry(CancellationToken cancellationToken, Action<int, int, double> action)
    {
        for (int row = 0; row < _labels.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] neighbours = _neighbours[row];
            for (int word = 0; word < _zeroIsRarer.Length; word++)
            {
                ulong own = _labels.RowWords(row)[word];
                for (ulong left = own ^ _zeroIsRarer[word]; left != 0; left &= left - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(left);
                    int others = 0;
                    foreach (int neighbour in neighbours)
                        others += (int)(((own ^ _labels.RowWords(neighbour)[word]) >> bit) & 1);
                    action(row, (word << 6) + bit, (double)others / neighbours.Length);
                }
            }
        }
    }

    /// <summary>One round of promotions; false when there was none.</summary>
    private bool Promote(CancellationToken cancellationToken)
    {
        bool changed = false;
        for (int row = 0; row < _labels.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<ulong> rare = Rare.WritableRowWords(row);
            for (int word = 0; word < rare.Length; word++)
            {
                if (rare[word] == 0)
                    continue;
                ulong anchors = 0;
                foreach (int neighbour in _neighbours[row])
                    anchors |= Safe.RowWords(neighbour)[word] | Borderline.RowWords(neighbour)[word];
                ulong promoted = rare[word] & anchors;
                rare[word] &= ~promoted;
                Borderline.WritableRowWords(row)[word] |= promoted;
                changed |= promoted != 0;
            }
        }

        return changed;
    }
}
