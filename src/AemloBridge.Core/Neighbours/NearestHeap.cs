namespace AemloBridge.Neighbours;

/// <summary>Keeps the smallest of the (distance, row) pairs that it is shown, in lexicographic order.</summary>
internal sealed class NearestHeap
{
    // A binary heap: the largest pair is at 0, and no pair at i is larger than the one at (i − 1)/2.
    private (double Distance, int Row)[] _pairs = [];
    private int _capacity;

    /// <summary>How many pairs are kept now.</summary>
    public int Count { get; private set; }

    /// <summary>Whether as many are kept as were asked for.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>The largest distance that is kept; infinite while there is room.</summary>
    public double Worst => Count < _capacity ? double.PositiveInfinity : Count == 0 ? double.NegativeInfinity : _pairs[0].Distance;

    /// <summary>Whether a pair comes after all that are kept; only while some are.</summary>
    public bool IsBehindAll(double distance, int row) => IsLess(_pairs[0], (distance, row));

    /// <summary>The pairs kept, in no order until <see cref="Sort"/>.</summary>
    public ReadOnlySpan<(double Distance, int Row)> Pairs => _pairs.AsSpan(0, Count);

    /// <summary>Empties it.</summary>
    /// <param name="capacity">How many pairs to keep.</param>
    public void Reset(int capacity)
    {
        if (_pairs.Length < capacity)
            _pairs = new (double, int)[capacity];
        _capacity = capacity;
        Count = 0;
    }

    /// <summary>Keeps a pair if it is among the smallest; distances are not NaN.</summary>
    public void Add(double distance, int row)
    {
        (double Distance, int Row) added = (distance, row);
        if (Count < _capacity)
        {
            int place = Count++;
            for (int parent = (place - 1) / 2; place > 0 && IsLess(_pairs[parent], added); parent = (place - 1) / 2)
            {
                _pairs[place] = _pairs[parent];
                place = parent;
            }

            _pairs[place] = added;
        }
        else if (_capacity > 0 && IsLess(added, _pairs[0]))
        {
            int place = 0;
            for (int child = 1; child < Count; child = 2 * place + 1)
            {
                if (child + 1 < Count && IsLess(_pairs[child], _pairs[child + 1]))
                    child++;
                if (!IsLess(added, _pairs[child]))
                    break;
                _pairs[place] = _pairs[child];
                place = child;
            }

            _pairs[place] = added;
        }
    }

    /// <summary>Puts the pairs in ascending order; nothing may be added afterwards.</summary>
    public ReadOnlySpan<(double Distance, int Row)> Sort()
    {
        _pairs.AsSpan(0, Count).Sort(static (one, other) => IsLess(one, other) ? -1 : IsLess(other, one) ? 1 : 0);
        return Pairs;
    }

    /// <summary>The pairs as neighbours, nearest first.</summary>
    public Neighbour[] ToNeighbours()
    {
        ReadOnlySpan<(double Distance, int Row)> sorted = Sort();
        var neighbours = new Neighbour[sorted.Length];
        for (int place = 0; place < neighbours.Length; place++)
            neighbours[place] = new Neighbour(sorted[place].Row, sorted[place].Distance);
        return neighbours;
    }

    private static bool IsLess((double Distance, int Row) one, (double Distance, int Row) other) =>
        one.Distance < other.Distance || (one.Distance == other.Distance && one.Row < other.Row);
}
