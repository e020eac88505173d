using System.Numerics;
using AemloBridge.Data;

namespace AemloBridge.Resampling.Mltl;

/// <summary>How two rows' label sets differ: the labels that only one has, over the sum of both sizes (AHD) or over the size of the union (Jaccard); 0 where both are empty.</summary>
/// <param name="labels">n × q.</param>
/// <param name="jaccard">Which of the two.</param>
internal sealed class LabelSetDistance(LabelMatrix labels, bool jaccard)
{
    /// <summary>The distance, in [0, 1].</summary>
    public double Between(int row, int other)
    {
        ReadOnlySpan<ulong> left = labels.RowWords(row);
        ReadOnlySpan<ulong> right = labels.RowWords(other);
        int apart = 0;
        int sizes = 0;
        for (int word = 0; word < left.Length; word++)
        {
            apart += BitOperations.PopCount(left[word] ^ right[word]);
            sizes += jaccard
                ? BitOperations.PopCount(left[word] | right[word])
                : BitOperations.PopCount(left[word]) + BitOperations.PopCount(right[word]);
        }

        return sizes == 0 ? 0 : (double)apart / sizes;
    }
}
