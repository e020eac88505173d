namespace AemloBridge.Resampling.Mltl;

/// <summary>Which pairs of neighbours are Tomek links, and which of their rows go.</summary>
public enum MltlMode
{
    /// <summary>Neighbours of each other, one with a minority label and one without: the one without goes.</summary>
    Mutual,

    /// <summary>As the authors' program does: a row with a majority label goes when at least half of its neighbours have other labels.</summary>
    Authors,
}
