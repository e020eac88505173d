using System.Numerics;
using AemloBridge.Data;

namespace AemloBridge.Resampling.Bags;

/// <summary>The labels a row has.</summary>
internal static class RowLabels
{
    /// <summary>Their positions, ascending.</summary>
    public static IEnumerable<int> Of(LabelMatrix labels, int row)
    {
        int words = labels.RowWords(row).Length;
        for (int word = 0; word < words; word++)
        {
            for (ulong bits = labels.RowWords(row)[word]; bits != 0; bits &= bits - 1)
                yield return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }
    }
}
