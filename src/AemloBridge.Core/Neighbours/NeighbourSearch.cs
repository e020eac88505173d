using AemloBridge.Data;

namespace AemloBridge.Neighbours;

/// <summary>
/// Finds the nearest rows of rows, exactly: ascending by (d², row index), where d² is what <see cref="DistanceSpace"/>
/// measures. A row is never its own neighbour; rows with equal values are neighbours at distance 0.
/// </summary>
/// <remarks>What is found depends on the data alone, not on threads, device or blocks. One caller at a time.</remarks>
public sealed class NeighbourSearch : IDisposable
{
    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly int _threads;

    /// <summary>A search over some rows.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">All rows that are asked for or compared with, n × d; kept, not copied.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns than the space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is negative.</exception>
    public NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options = null)
    {
        options ??= new NeighbourSearchOptions();
        if (rows.ColumnCount != space.ColumnCount)
            throw new ArgumentException($"the rows have {rows.ColumnCount} columns, but the distances are over {space.ColumnCount} features", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BlockBytes);
        _space = space;
        _rows = rows;
        _threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
    }

    /// <summary>The nearest candidates of every query row.</summary>
    /// <param name="queries">Row indices, in any order.</param>
    /// <param name="candidates">Row indices, ascending, each once; null for all rows.</param>
    /// <param name="k">How many neighbours are wanted; fewer come back where there are fewer candidates.</param>
    /// <param name="cancellationToken">Checked before each block of queries.</param>
    /// <returns>For each query its neighbours, nearest first.</returns>
    /// <exception cref="ArgumentException">A row does not exist, or the candidates do not ascend.</exception>
    public Neighbour[][] Find(int[] queries, int[]? candidates, int k, CancellationToken cancellationToken = default) =>
        Find([.. queries.Select(row => new NeighbourQuery(row, candidates, k))], cancellationToken);

    /// <summary>Many searches at once: a row's distances to the others are computed once for all of its queries.</summary>
    /// <param name="queries">What is looked for, in any order.</param>
    /// <param name="cancellationToken">Checked before each block of queries.</param>
    /// <returns>For each query its neighbours, nearest first.</returns>
    /// <exception cref="ArgumentException">A row does not exist, or candidates do not ascend.</exception>
    public Neighbour[][] Find(IReadOnlyList<NeighbourQuery> queries, CancellationToken cancellationToken = default)
    {
        QueryCheck.Require(queries, _rows.RowCount);
        var found = new Neighbour[queries.Count][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, queries.Count, parallel, static () => new NearestHeap(), (index, _, heap) =>
        {
            NeighbourQuery query = queries[index];
            ExactMeasure.Nearest(_space, _rows, query.Row, query.Candidates, query.Count, heap, cancellationToken);
            found[index] = heap.ToNeighbours();
            return heap;
        }, static _ => { });
        return found;
    }

    /// <summary>Frees what the device holds.</summary>
    public void Dispose()
    {
    }
}
