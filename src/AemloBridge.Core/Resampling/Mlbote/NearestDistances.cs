using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>The squared distances of a row to the nearest of some others, while others are added; a later one goes behind its equals.</summary>
internal sealed class NearestDistances
{
    private readonly int _limit;
    private double[] _squares;

    /// <summary>An empty list.</summary>
    /// <param name="limit">How many are kept.</param>
    public NearestDistances(int limit)
    {
        _limit = limit;
        _squares = [];
    }

    /// <summary>A list that starts with neighbours, nearest first.</summary>
    public NearestDistances(int limit, ReadOnlySpan<Neighbour> neighbours)
        : this(limit)
    {
        Count = Math.Min(limit, neighbours.Length);
        _squares = new double[Count];
        for (int at = 0; at < Count; at++)
            _squares[at] = neighbours[at].SquaredDistance;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What a squared distance has to be below to be kept.</summary>
    public double Worst => _limit == 0 ? double.NegativeInfinity : Count < _limit ? double.PositiveInfinity : _squares[Count - 1];

    /// <summary>Whether the nearest row has the same features.</summary>
    public bool StartsAtZero => Count > 0 && _squares[0] == 0;

    /// <summary>Takes a row in.</summary>
    /// <param name="squared">Its squared distance.</param>
    /// <returns>Whether it is the nearest now.</returns>
    public bool Add(double squared)
    {
        if (!(squared < Worst))
            return false;
        if (Count == _squares.Length && Count < _limit)
            Array.Resize(ref _squares, (int)Math.Min(Math.Max(4, 2L * Count), _limit));
        if (Count < _limit)
            Count++;
        int place = Count - 1;
        for (; place > 0 && _squares[place - 1] > squared; place--)
            _squares[place] = _squares[place - 1];
        _squares[place] = squared;
        return place == 0;
    }

    /// <summary>The mean distance of the nearest ones.</summary>
    /// <param name="count">How many, if there are as many; 1 or more.</param>
    public double Mean(int count = int.MaxValue)
    {
        int taken = Math.Min(count, Count);
        double sum = 0;
        for (int at = 0; at < taken; at++)
            sum += Math.Sqrt(_squares[at]);
        return sum / taken;
    }
}
