using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AemloBridge.Data;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>
/// The exact answer to a query from estimates of its distances. The candidates with the smallest estimates are measured;
/// what is left out is further away than the k-th of them if its estimate exceeds that distance by more than the error
/// bound. Whatever does not is measured too, so that the answer is that of measuring everything.
/// </summary>
/// <remarks>Holds the working memory of one thread.</remarks>
internal sealed class QueryAnswer
{
    /// <summary>How many more than k are measured at first; they mostly make a second pass unnecessary.</summary>
    private const int Margin = 8;

    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly NearestHeap _likely = new();
    private readonly NearestHeap _measured = new();

    /// <summary>For queries over some rows.</summary>
    public QueryAnswer(DistanceSpace space, FeatureMatrix rows)
    {
        _space = space;
        _rows = rows;
    }

    /// <summary>How many candidates to measure first for k neighbours.</summary>
    public static int WithMargin(int count) => count + Math.Max(Margin, count / 4);

    /// <summary>Measures every candidate.</summary>
    public Neighbour[] Measure(NeighbourQuery query, CancellationToken cancellationToken)
    {
        ExactMeasure.Nearest(_space, _rows, query.Row, query.Candidates, query.Count, _measured, cancellationToken);
        return _measured.ToNeighbours();
    }

    /// <summary>Answers from estimates.</summary>
    /// <param name="query">The query.</param>
    /// <param name="universe">The rows that were estimated, in the order of their estimates; null for all rows.</param>
    /// <param name="estimates">One per row of the universe.</param>
    /// <param name="basis">What makes bounds of them.</param>
    /// <param name="cancellationToken">Checked where everything has to be measured.</param>
    /// <remarks>The query's candidates are the universe, or any rows where the universe is all rows.</remarks>
    public Neighbour[] Answer(NeighbourQuery query, int[]? universe, ReadOnlySpan<float> estimates, EstimateBase basis, CancellationToken cancellationToken)
    {
        int available = query.Candidates?.Length ?? estimates.Length;
        int wanted = Math.Min(query.Count, available);
        // An error of 0 means that the estimates are the distances, ties included.
        int likely = basis.Error == 0 ? wanted : WithMargin(wanted);
        if (!double.IsFinite(basis.Error) || likely >= available || wanted == 0)
            return Measure(query, cancellationToken);

        int[]? subset = ReferenceEquals(query.Candidates, universe) ? null : query.Candidates;
        _likely.Reset(likely);
        CollectLikely(query.Row, universe, subset, estimates);
        _measured.Reset(wanted);
        foreach ((_, int row) in _likely.Pairs)
            _measured.Add(_space.SquaredDistance(_rows, query.Row, _rows, row), row);
        if (basis.Error > 0 && _likely.IsFull && _likely.Worst <= Limit(basis))
            MeasureWithinBound(query.Row, universe, subset, estimates, basis);
        return _measured.ToNeighbours();
    }

    /// <summary>Answers from the smallest estimates alone; null where they leave something open.</summary>
    /// <param name="query">A query whose candidates are the universe.</param>
    /// <param name="universe">The rows that were estimated; null for all rows.</param>
    /// <param name="estimates">The smallest estimates, ascending; those left out are no smaller than the last.</param>
    /// <param name="places">The places of their rows in the universe.</param>
    /// <param name="basis">What makes bounds of them.</param>
    public Neighbour[]? Answer(NeighbourQuery query, int[]? universe, ReadOnlySpan<float> estimates, ReadOnlySpan<long> places, EstimateBase basis)
    {
        if (!double.IsFinite(basis.Error))
            return null;
        _measured.Reset(query.Count);
        foreach (long place in places)
        {
            int row = universe is null ? (int)place : universe[place];
            if (row != query.Row)
                _measured.Add(_space.SquaredDistance(_rows, query.Row, _rows, row), row);
        }

        return _measured.IsFull && estimates[^1] > Limit(basis) ? _measured.ToNeighbours() : null;
    }

    private double Limit(EstimateBase basis) => _measured.Worst - basis.Norm + basis.Error;

    private void CollectLikely(int query, int[]? universe, int[]? subset, ReadOnlySpan<float> estimates)
    {
        if (subset is not null)
        {
            foreach (int row in subset)
            {
                if ((!_likely.IsFull || estimates[row] < _likely.Worst) && row != query)
                    _likely.Add(estimates[row], row);
            }

            return;
        }

        int at = 0;
        for (; at < estimates.Length && !_likely.IsFull; at++)
            AddLikely(query, universe, at, estimates[at]);
        ref float first = ref MemoryMarshal.GetReference(estimates);
        // A later row with an equal estimate comes after what is kept, so smaller estimates alone matter.
        for (; at + Vector256<float>.Count <= estimates.Length; at += Vector256<float>.Count)
        {
            if (!Vector256.LessThanAny(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.Create((float)_likely.Worst)))
                continue;
            for (int lane = at; lane < at + Vector256<float>.Count; lane++)
                AddLikely(query, universe, lane, estimates[lane]);
        }

        for (; at < estimates.Length; at++)
            AddLikely(query, universe, at, estimates[at]);
    }

    private void AddLikely(int query, int[]? universe, int place, float estimate)
    {
        int row = universe is null ? place : universe[place];
        if (row != query)
            _likely.Add(estimate, row);
    }

    private void MeasureWithinBound(int query, int[]? universe, int[]? subset, ReadOnlySpan<float> estimates, EstimateBase basis)
    {
        int available = subset?.Length ?? estimates.Length;
        double limit = Limit(basis);
        for (int at = 0; at < available; at++)
        {
            int place = subset is null ? at : subset[at];
            float estimate = estimates[place];
            if (!(estimate <= limit))
                continue;
            int row = universe is null ? place : universe[place];
            if (row == query || !_likely.IsBehindAll(estimate, row))
                continue;
            // Among many equal rows: no distance is below 0, and the rows ahead have larger indices.
            if (_measured.IsBehindAll(0, row))
                return;
            _measured.Add(_space.SquaredDistance(_rows, query, _rows, row), row);
            limit = Limit(basis);
        }
    }
}
