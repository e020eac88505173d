namespace AemloBridge.Neighbours;

/// <summary>One of a row's neighbours.</summary>
/// <param name="Row">Its index in the matrix that was searched.</param>
/// <param name="SquaredDistance">d², as <see cref="DistanceSpace.SquaredDistance"/> measures it.</param>
public readonly record struct Neighbour(int Row, double SquaredDistance)
{
    /// <summary>d.</summary>
    public double Distance => Math.Sqrt(SquaredDistance);
}
