namespace AemloBridge.Data.Sample;

/// <summary>
/// A SplitMix64 stream that uses nothing but integer arithmetic, sums and products, so that every platform draws the same
/// numbers; <see cref="Random"/> and the logarithms of the usual normal draws promise no such thing.
/// </summary>
internal sealed class SampleRandom
{
    private const int UniformsPerNormal = 12;

    private ulong _state;

    /// <summary>A stream for a seed.</summary>
    public SampleRandom(int seed) => _state = (ulong)(uint)seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Nearly normal with mean 0 and variance 1: the sum of twelve uniforms, less 6.</summary>
    public double Normal()
    {
        double sum = 0;
        for (int draw = 0; draw < UniformsPerNormal; draw++)
            sum += Uniform();
        return sum - (UniformsPerNormal / 2.0);
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
