using AemloBridge.Data;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>Answers groups of queries block by block: estimates of one block are all that is held.</summary>
internal sealed class BlockSearch
{
    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly IReadOnlyList<NeighbourQuery> _queries;
    private readonly int _threads;
    private readonly long _blockBytes;

    /// <summary>For some queries.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="queries">All queries; a group names its own by their positions.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="blockBytes">Memory for estimates.</param>
    public BlockSearch(DistanceSpace space, FeatureMatrix rows, IReadOnlyList<NeighbourQuery> queries, int threads, long blockBytes)
    {
        _space = space;
        _rows = rows;
        _queries = queries;
        _threads = threads;
        _blockBytes = blockBytes;
        Found = new Neighbour[queries.Count][];
    }

    /// <summary>The answers so far, by the positions of their queries.</summary>
    public Neighbour[][] Found { get; }

    /// <summary>Answers a group by measuring every candidate.</summary>
    public void Measure(QueryGroup group, CancellationToken cancellationToken) =>
        ForEach(group.Rows.Length, cancellationToken, (row, answer) =>
        {
            foreach (int query in group.Queries[row])
                Found[query] = answer.Measure(_queries[query], cancellationToken);
        });

    /// <summary>Answers a group from estimates of the distances to its universe.</summary>
    public void Answer(QueryGroup group, IDistanceEstimator estimator, CancellationToken cancellationToken)
    {
        int candidates = group.Universe?.Length ?? _rows.RowCount;
        long fitting = Math.Min(_blockBytes, Array.MaxLength) / sizeof(float) / estimator.Stride;
        int block = (int)Math.Min(group.Rows.Length, Math.Clamp(fitting, 1, estimator.BestBlock));
        float[] estimates = [];
        var bases = new EstimateBase[block];
        int shortlist = estimator is TorchEstimator ? ShortlistLength(group) : int.MaxValue;
        for (int start = 0; start < group.Rows.Length; start += block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] open = [.. Enumerable.Range(start, Math.Min(block, group.Rows.Length - start))];
            if (shortlist < candidates)
                open = LeftOpen(group, open, (TorchEstimator)estimator, shortlist, bases, cancellationToken);
            if (open.Length == 0)
                continue;
            if (estimates.Length == 0)
                estimates = new float[block * estimator.Stride];
            estimator.Estimate(Array.ConvertAll(open, row => group.Rows[row]), bases, estimates);
            ForEach(open.Length, cancellationToken, (at, answer) =>
            {
                ReadOnlySpan<float> own = estimates.AsSpan(at * estimator.Stride, candidates);
                foreach (int query in group.Queries[open[at]])
                    Found[query] = answer.Answer(_queries[query], group.Universe, own, bases[at], cancellationToken);
            });
        }
    }

    /// <summary>How many of the smallest estimates answer most queries; the row itself may be one more. Too many where candidates differ.</summary>
    private int ShortlistLength(QueryGroup group)
    {
        IEnumerable<NeighbourQuery> own = group.Queries.SelectMany(queries => queries.Select(query => _queries[query]));
        return own.All(query => ReferenceEquals(query.Candidates, group.Universe))
            ? (int)Math.Min(own.Max(query => QueryAnswer.WithMargin(Math.Min(query.Count, _rows.RowCount)) + 1L), int.MaxValue)
            : int.MaxValue;
    }

    private int[] LeftOpen(QueryGroup group, int[] rows, TorchEstimator estimator, int count, EstimateBase[] bases, CancellationToken cancellationToken)
    {
        var estimates = new float[rows.Length * count];
        var places = new long[rows.Length * count];
        estimator.Shortlist(Array.ConvertAll(rows, row => group.Rows[row]), count, bases, estimates, places);
        var open = new bool[rows.Length];
        ForEach(rows.Length, cancellationToken, (at, answer) =>
        {
            foreach (int query in group.Queries[rows[at]])
            {
                Neighbour[]? found = answer.Answer(_queries[query], group.Universe, estimates.AsSpan(at * count, count), places.AsSpan(at * count, count), bases[at]);
                open[at] |= found is null;
                Found[query] = found ?? [];
            }
        });
        return [.. Enumerable.Range(0, rows.Length).Where(at => open[at]).Select(at => rows[at])];
    }

    private void ForEach(int count, CancellationToken cancellationToken, Action<int, QueryAnswer> action)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, count, parallel, () => new QueryAnswer(_space, _rows), (at, _, answer) =>
        {
            action(at, answer);
            return answer;
        }, static _ => { });
    }
}
