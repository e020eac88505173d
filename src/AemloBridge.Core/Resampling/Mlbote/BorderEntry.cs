namespace AemloBridge.Resampling.Mlbote;

/// <summary>What is known about the surroundings of one row in the border of one label.</summary>
/// <param name="row">The row.</param>
/// <param name="label">The label.</param>
/// <param name="positive">Whether the row has the label.</param>
/// <param name="same">Distances to the nearest rows of the row's own class.</param>
/// <param name="other">Distances to the nearest rows of the other class.</param>
/// <param name="nearestOther">The nearest row of the other class; -1 where that is not followed.</param>
internal sealed class BorderEntry(int row, int label, bool positive, NearestDistances same, NearestDistances other, int nearestOther)
{
    /// <summary>The row.</summary>
    public int Row => row;

    /// <summary>The label.</summary>
    public int Label => label;

    /// <summary>Distances to the nearest rows of the row's own class.</summary>
    public NearestDistances Same => same;

    /// <summary>Distances to the nearest rows of the other class.</summary>
    public NearestDistances Other => other;

    /// <summary>The nearest row of the other class.</summary>
    public int NearestOther { get; private set; } = nearestOther;

    /// <summary>What the squared distance of a new row has to be below to matter here.</summary>
    /// <param name="hasLabel">Whether the new row has the label.</param>
    public double Worst(bool hasLabel) => (hasLabel == positive ? same : other).Worst;

    /// <summary>Takes a new row in.</summary>
    /// <param name="newRow">The row, later than all before.</param>
    /// <param name="hasLabel">Whether it has the label.</param>
    /// <param name="squared">Its squared distance.</param>
    public void Include(int newRow, bool hasLabel, double squared)
    {
        if (hasLabel == positive)
            same.Add(squared);
        else if (other.Add(squared))
            NearestOther = newRow;
    }
}
