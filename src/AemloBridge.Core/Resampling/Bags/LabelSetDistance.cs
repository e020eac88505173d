using AemloBridge.Data;

namespace AemloBridge.Resampling.Bags;

/// <summary>How two rows' label sets differ: the labels that only one has, over the sum of both sizes (AHD) or over the size of the union (Jaccard); 0 where both are empty.</summary>
/// <param name="labels">n × q.</param>
/// <param name="jaccard">Which of the two.</param>
internal sealed class LabelSetDistance(LabelMatrix labels, bool jaccard)
{
    /// <summary>The distance, in [0, 1].</summary>
    public double Between(int row, int other)
    {
        int apart = LabelMatrix.Disagreement(labels, row, labels, other);
        int sizes = labels.RowCardinality(row) + labels.RowCardinality(other);
        // Labels of both rows are counted twice in the sum, and once in the union.
        if (jaccard)
            sizes = (sizes + apart) / 2;
        return sizes == 0 ? 0 : (double)apart / sizes;
    }
}
