namespace AemloBridge.Neighbours;

/// <summary>One of many searches.</summary>
/// <param name="Row">The row whose neighbours are wanted; it is never among them.</param>
/// <param name="Candidates">Row indices, ascending, each once; null for all rows. Searches that share a list should share the array.</param>
/// <param name="Count">k, how many neighbours are wanted; fewer come back where there are fewer candidates.</param>
public readonly record struct NeighbourQuery(int Row, int[]? Candidates, int Count);
