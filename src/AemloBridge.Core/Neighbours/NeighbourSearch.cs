using AemloBridge.Data;
using AemloBridge.Neighbours.Estimates;

namespace AemloBridge.Neighbours;

/// <summary>
/// Finds the nearest rows of rows, exactly: ascending by (d², row index), where d² is what <see cref="DistanceSpace"/>
/// measures. A row is never its own neighbour; rows with equal values are neighbours at distance 0.
/// </summary>
/// <remarks>What is found depends on the data alone, not on threads, device or blocks. One caller at a time.</remarks>
public sealed class NeighbourSearch : IDisposable
{
    /// <summary>For fewer queries, or fewer candidates, estimates are not worth their preparation.</summary>
    private const int FewestQueries = 3;
    private const int FewestCandidates = 16;

    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly EstimatorKind? _kind;
    private readonly int _threads;
    private readonly long _blockBytes;
    private IDistanceEstimator? _whole;

    /// <summary>A search over some rows.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">All rows that are asked for or compared with, n × d; kept, not copied.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns than the space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is negative.</exception>
    public NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options = null)
        : this(space, rows, options, null)
    {
    }

    /// <summary>A search with an estimator of a given kind.</summary>
    internal NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options, EstimatorKind? kind)
    {
        options ??= new NeighbourSearchOptions();
        if (rows.ColumnCount != space.ColumnCount)
            throw new ArgumentException($"the rows have {rows.ColumnCount} columns, but the distances are over {space.ColumnCount} features", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BlockBytes);
        _space = space;
        _rows = rows;
        _kind = kind;
        _blockBytes = options.BlockBytes;
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
        foreach (QueryGroup group in QueryGroup.Of(queries, _rows.RowCount))
            Answer(group, queries, found, cancellationToken);
        return found;
    }

    /// <summary>Frees what the device holds.</summary>
    public void Dispose() => _whole?.Dispose();

    private void Answer(QueryGroup group, IReadOnlyList<NeighbourQuery> queries, Neighbour[][] found, CancellationToken cancellationToken)
    {
        int candidates = group.Universe?.Length ?? _rows.RowCount;
        if (group.Rows.Length < FewestQueries || candidates < FewestCandidates)
        {
            ForEachRow(0, group.Rows.Length, cancellationToken, (row, answer) =>
            {
                foreach (int query in group.Queries[row])
                    found[query] = answer.Measure(queries[query], cancellationToken);
            });
            return;
        }

        if (group.Universe is null)
        {
            _whole ??= EstimatorChoice.Make(_space, _rows, [.. Enumerable.Range(0, candidates)], _kind, _threads, cancellationToken);
            AnswerBlocks(_whole);
        }
        else
        {
            using IDistanceEstimator estimator = EstimatorChoice.Make(_space, _rows, group.Universe, _kind, _threads, cancellationToken);
            AnswerBlocks(estimator);
        }

        void AnswerBlocks(IDistanceEstimator estimator)
        {
            long fitting = Math.Min(_blockBytes, Array.MaxLength) / sizeof(float) / estimator.Stride;
            int block = (int)Math.Min(group.Rows.Length, Math.Clamp(fitting, 1, estimator.BestBlock));
            var estimates = new float[block * estimator.Stride];
            var bases = new EstimateBase[block];
            for (int start = 0; start < group.Rows.Length; start += block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(block, group.Rows.Length - start);
                estimator.Estimate(group.Rows.AsMemory(start, count), bases, estimates);
                ForEachRow(start, count, cancellationToken, (row, answer) =>
                {
                    ReadOnlySpan<float> own = estimates.AsSpan((row - start) * estimator.Stride, candidates);
                    foreach (int query in group.Queries[row])
                        found[query] = answer.Answer(queries[query], group.Universe, own, bases[row - start], cancellationToken);
                });
            }
        }
    }

    private void ForEachRow(int start, int count, CancellationToken cancellationToken, Action<int, QueryAnswer> action)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(start, start + count, parallel, () => new QueryAnswer(_space, _rows), (row, _, answer) =>
        {
            action(row, answer);
            return answer;
        }, static _ => { });
    }
}
