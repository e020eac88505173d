using AemloBridge.Randomness;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

/// <summary>Options under which small data sets reach every stage.</summary>
internal static class RandomOptions
{
    public static MlboteOptions Make(long seed)
    {
        var random = new SeededRandom(seed, RandomStream.Batches);
        return new MlboteOptions
        {
            Seed = seed,
            Threads = 1 + random.NextInt(2),
            SelfRatio = One(random, 0.01, 0.2, 0.5),
            Loops = 1 + random.NextInt(3),
            SpreadRemainder = random.NextInt(2) == 0,
            Cross = random.NextInt(4) != 0,
            CrossThreshold = One(random, 1, 1.3, 2, 5),
            AdaptThreshold = random.NextInt(2) == 0,
            AdaptRatio = One(random, 0, 0.2, 1),
            Interior = random.NextInt(3) != 0,
            DisjunctRatio = One(random, 0.5, 1, 1.5),
            Neighbours = 1 + random.NextInt(7),
            BorderNeighbours = 1 + random.NextInt(5),
            NoiseNeighbours = 1 + random.NextInt(5),
            NoiseLabelNeighbours = 1 + random.NextInt(4),
            ImbalanceThreshold = One(random, 0, 1, 10),
            FrequencyDamping = One(random, 0, 1, 2.5),
            StepSize = One(random, 0.3, 1, 1, 2),
            ScaleNumeric = random.NextInt(3) != 0,
        };
    }

    private static double One(SeededRandom random, params double[] values) => values[random.NextInt(values.Length)];
}
