namespace AemloBridge.Resampling;

/// <summary>Why a method left the data as it is, for the reasons that several methods have.</summary>
internal static class NothingDone
{
    /// <summary>No label has IRLbl &gt; MeanIR.</summary>
    public const string NoMinorityLabel =
        "nothing was done: no label is a minority label (IRLbl above MeanIR), for all labels that occur are equally frequent; such data needs no resampling";

    /// <summary>All label sets are of one size.</summary>
    public const string EqualLabelSets =
        "nothing was done: all label sets are equally frequent; such data needs no resampling by label sets";
}
