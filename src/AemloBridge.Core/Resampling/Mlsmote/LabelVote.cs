using AemloBridge.Data;

namespace AemloBridge.Resampling.Mlsmote;

/// <summary>The labels of a new row by those of its seed and the seed's neighbours.</summary>
/// <param name="labels">The labels of the given rows, n × q.</param>
/// <param name="rule">How they vote.</param>
internal sealed class LabelVote(LabelMatrix labels, LabelRule rule)
{
    /// <summary>Writes the labels.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="neighbours">Its neighbours.</param>
    /// <param name="target">The words of the new row.</param>
    public void Write(int seed, int[] neighbours, Span<ulong> target)
    {
        for (int word = 0; word < target.Length; word++)
        {
            ulong any = labels.RowWords(seed)[word];
            ulong all = any;
            foreach (int row in neighbours)
            {
                ulong bits = labels.RowWords(row)[word];
                any |= bits;
                all &= bits;
            }

            target[word] = rule switch
            {
                LabelRule.Ranking => all | Majority(seed, neighbours, word, any & ~all),
                LabelRule.Union => any,
                LabelRule.Intersection => all,
                _ => throw new InvalidOperationException($"label rule {rule} is not known"),
            };
        }
    }

    private ulong Majority(int seed, int[] neighbours, int word, ulong disputed)
    {
        ulong elected = 0;
        for (ulong left = disputed; left != 0; left &= left - 1)
        {
            ulong bit = left & ~(left - 1);
            int votes = Vote(seed);
            foreach (int row in neighbours)
                votes += Vote(row);
            if (2 * votes > neighbours.Length + 1)
                elected |= bit;

            int Vote(int row) => (labels.RowWords(row)[word] & bit) != 0 ? 1 : 0;
        }

        return elected;
    }
}
