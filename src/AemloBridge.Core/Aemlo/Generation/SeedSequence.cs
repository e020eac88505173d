using AemloBridge.Aemlo.Options;
using AemloBridge.Randomness;

namespace AemloBridge.Aemlo.Generation;

/// <summary>The order in which rows of M become seeds, with an optional limit per row.</summary>
internal sealed class SeedSequence
{
    private readonly SeedOrder _order;
    private readonly int _limit;
    private readonly SeededRandom _random;
    private readonly int[] _uses;
    private readonly int[] _round;
    private int _at;
    private int _available;

    /// <param name="count">|M|.</param>
    /// <param name="order">The order.</param>
    /// <param name="limit">Rows made from one seed at most; 0 for no limit.</param>
    /// <param name="random">The stream for generation.</param>
    public SeedSequence(int count, SeedOrder order, int limit, SeededRandom random)
    {
        _order = order;
        _limit = limit == 0 ? int.MaxValue : limit;
        _random = random;
        _uses = new int[count];
        _round = [.. Enumerable.Range(0, count)];
        _available = count;
        if (order != SeedOrder.Random)
            random.Shuffle<int>(_round);
    }

    /// <summary>The next seed, counted as used; false when every row has reached the limit.</summary>
    public bool TryNext(out int seed)
    {
        seed = -1;
        if (_available == 0)
            return false;
        do
        {
            seed = _order == SeedOrder.Random ? _random.NextInt(_uses.Length) : NextOfRound();
        }
        while (_uses[seed] >= _limit);
        if (++_uses[seed] == _limit)
            _available--;
        return true;
    }

    /// <summary>Takes a use back: the draw came to nothing.</summary>
    public void Return(int seed)
    {
        if (_uses[seed]-- == _limit)
            _available++;
    }

    private int NextOfRound()
    {
        if (_at == _round.Length)
        {
            _at = 0;
            if (_order == SeedOrder.Rounds)
                _random.Shuffle<int>(_round);
        }

        return _round[_at++];
    }
}
