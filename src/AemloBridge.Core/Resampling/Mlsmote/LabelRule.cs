namespace AemloBridge.Resampling.Mlsmote;

/// <summary>Which labels a new row gets from its seed and the seed's neighbours.</summary>
public enum LabelRule
{
    /// <summary>Those that more than half of them have.</summary>
    Ranking,

    /// <summary>Those that any of them has.</summary>
    Union,

    /// <summary>Those that all of them have.</summary>
    Intersection,
}
