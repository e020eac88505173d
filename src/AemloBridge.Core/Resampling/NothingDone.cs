using AemloBridge.Data;

namespace AemloBridge.Resampling;

/// <summary>Why a method left the data as it is, for the reasons that several methods have.</summary>
internal static class NothingDone
{
    /// <summary>No label occurs.</summary>
    public const string NoLabel = "nothing was done: no row has a label, so there is nothing to balance";

    /// <summary>All label sets are of one size.</summary>
    public const string EqualLabelSets =
        "nothing was done: all label sets are equally frequent; such data needs no resampling by label sets";

    /// <summary>Whether any row has a label.</summary>
    public static bool HasLabels(LabelMatrix labels) => labels.PositiveCounts().Any(count => count > 0);

    /// <summary>Why no label has IRLbl &gt; MeanIR.</summary>
    /// <param name="labels">Labels of which that is true.</param>
    public static string NoMinorityLabel(LabelMatrix labels) => HasLabels(labels)
        ? "nothing was done: no label is a minority label (IRLbl above MeanIR), for all labels that occur are equally frequent; such data needs no resampling"
        : NoLabel;
}
