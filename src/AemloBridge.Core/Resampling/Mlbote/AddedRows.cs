using AemloBridge.Data;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>New rows that came together.</summary>
/// <param name="First">The index of the first one among all rows, original and new; the others follow it.</param>
/// <param name="Drawn">What was drawn for each.</param>
/// <param name="Features">Their features.</param>
/// <param name="OriginalLabels">The labels of the original rows, and so of the seeds.</param>
internal sealed record AddedRows(int First, DrawnRow[] Drawn, FeatureMatrix Features, LabelMatrix OriginalLabels)
{
    /// <summary>How many there are.</summary>
    public int Count => Drawn.Length;

    /// <summary>The labels of one of them, its seed's.</summary>
    /// <param name="at">Its position among these.</param>
    public ReadOnlySpan<ulong> Labels(int at) => OriginalLabels.RowWords(Drawn[at].Seed);
}
