using AemloBridge.Data;

namespace AemloBridge.Resampling.Bags;

/// <summary>C_j of every label while rows come and go.</summary>
/// <param name="labels">The labels of the given rows, n × q.</param>
internal sealed class RunningCounts(LabelMatrix labels)
{
    private readonly int[] _positives = labels.PositiveCounts();

    /// <summary>A row was repeated.</summary>
    public void Add(int row)
    {
        foreach (int label in RowLabels.Of(labels, row))
            _positives[label]++;
    }

    /// <summary>A row was taken away.</summary>
    public void Remove(int row)
    {
        foreach (int label in RowLabels.Of(labels, row))
            _positives[label]--;
    }

    /// <summary>IRLbl_j = max_k C_k / C_j of the rows there are now; infinite where none has the label.</summary>
    public double IRLbl(int label) => _positives[label] == 0 ? double.PositiveInfinity : (double)_positives.Max() / _positives[label];
}
