namespace AemloBridge.Resampling.Mlbote;

/// <summary>How many rows a stage was to make, and how many it made; the others were dropped for want of a second row with the seed's labels.</summary>
/// <param name="name">The stage.</param>
internal sealed class StageCount(string name)
{
    /// <summary>Rows that were to be made.</summary>
    public int Asked { get; private set; }

    /// <summary>Rows that were made.</summary>
    public int Made { get; private set; }

    /// <summary>Counts draws.</summary>
    public void Add(int asked, int made)
    {
        Asked = checked(Asked + asked);
        Made += made;
    }

    /// <summary>For a sentence.</summary>
    public override string ToString() => FormattableString.Invariant($"{name} {Made} of {Asked}");
}
