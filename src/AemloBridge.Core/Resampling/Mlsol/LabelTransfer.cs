using AemloBridge.Data;

namespace AemloBridge.Resampling.Mlsol;

/// <summary>
/// The labels of a new row (Liu and Tsoumakas 2019, Algorithm 3). Labels that both parents agree on are copied. Otherwise
/// one parent has the rarer value; it passes it on if the new row lies near enough to it: cd ≤ 0.5 where its entry is SAFE,
/// 0.75 where BORDERLINE, always where RARE, never where OUTLIER; cd is the share of its distance in both distances.
/// </summary>
/// <param name="labels">The labels of the given rows, n × q.</param>
/// <param name="classes">The types of their entries.</param>
internal sealed class LabelTransfer(LabelMatrix labels, LocalClasses classes)
{
    private const double SafeReach = 0.5;
    private const double BorderlineReach = 0.75;

    /// <summary>Writes the labels.</summary>
    /// <param name="seed">The one parent.</param>
    /// <param name="reference">The other.</param>
    /// <param name="cd">d(new, seed) / (d(new, seed) + d(new, reference)), 0 where both are 0.</param>
    /// <param name="target">The words of the new row.</param>
    public void Write(int seed, int reference, double cd, Span<ulong> target)
    {
        ReadOnlySpan<ulong> own = labels.RowWords(seed);
        ReadOnlySpan<ulong> other = labels.RowWords(reference);
        for (int word = 0; word < target.Length; word++)
        {
            ulong seedIsRarer = classes.Safe.RowWords(seed)[word] | classes.Borderline.RowWords(seed)[word]
                | classes.Rare.RowWords(seed)[word] | classes.Outlier.RowWords(seed)[word];
            ulong fromSeed = (seedIsRarer & Passed(seed, cd, word)) | (~seedIsRarer & ~Passed(reference, 1 - cd, word));
            target[word] = (own[word] & fromSeed) | (other[word] & ~fromSeed);
        }
    }

    /// <summary>The labels whose rarer value a row passes on from a given share of distance.</summary>
    private ulong Passed(int row, double cd, int word) =>
        classes.Rare.RowWords(row)[word]
        | (cd <= SafeReach ? classes.Safe.RowWords(row)[word] : 0)
        | (cd <= BorderlineReach ? classes.Borderline.RowWords(row)[word] : 0);
}
