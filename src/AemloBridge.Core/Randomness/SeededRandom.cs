using System.Numerics;

namespace AemloBridge.Randomness;

/// <summary>
/// A stream of random numbers that is the same on every platform and in every version, and whose state can be saved:
/// xoshiro256** (Blackman and Vigna), seeded through SplitMix64. System.Random promises neither.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>The stream of a seed and a purpose: draws for one purpose never shift those for another.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">What the numbers are for.</param>
    public SeededRandom(long seed, RandomStream stream)
    {
        // Both are mixed before they meet: SplitMix64 walks in equal steps, and neighbouring seeds must not start on one walk.
        ulong bySeed = unchecked((ulong)seed);
        ulong byStream = (ulong)stream;
        ulong state = SplitMix(ref bySeed) ^ BitOperations.RotateLeft(SplitMix(ref byStream), 32);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The four words of the state, to save and restore.</summary>
    public ulong[] State
    {
        get => [_s0, _s1, _s2, _s3];
        set
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, 4, nameof(value));
            (_s0, _s1, _s2, _s3) = (value[0], value[1], value[2], value[3]);
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number uniform in [0, <paramref name="bound"/>), without bias.</summary>
    /// <param name="bound">Greater than 0.</param>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        // Lemire's multiply-and-shift: the few low products that would favour small numbers are drawn again.
        ulong range = (ulong)bound;
        ulong threshold = unchecked(0 - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), range, out ulong low);
            if (low >= threshold)
                return (int)high;
        }
    }

    /// <summary>Puts the items into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong value = state = unchecked(state + 0x9E3779B97F4A7C15UL);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EBUL);
        return value ^ (value >> 31);
    }
}
