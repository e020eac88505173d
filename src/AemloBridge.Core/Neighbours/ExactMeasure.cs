using AemloBridge.Data;

namespace AemloBridge.Neighbours;

/// <summary>The nearest rows by measuring every candidate in float64.</summary>
internal static class ExactMeasure
{
    /// <summary>How many candidates are measured between two looks at the cancellation token.</summary>
    private const int Stride = 4096;

    /// <summary>Leaves the nearest candidates of a row in the heap.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="query">One of them.</param>
    /// <param name="candidates">Row indices; null for all rows.</param>
    /// <param name="count">k.</param>
    /// <param name="heap">Is emptied first.</param>
    /// <param name="cancellationToken">Checked every few thousand candidates.</param>
    public static void Nearest(DistanceSpace space, FeatureMatrix rows, int query, int[]? candidates, int count, NearestHeap heap, CancellationToken cancellationToken)
    {
        int available = candidates?.Length ?? rows.RowCount;
        heap.Reset(Math.Min(count, available));
        for (int at = 0; at < available; at++)
        {
            if (at % Stride == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int row = candidates is null ? at : candidates[at];
            if (row != query)
                heap.Add(space.SquaredDistance(rows, query, rows, row), row);
        }
    }
}
