using AemloBridge.Randomness;

namespace AemloBridge.Tests.Randomness;

public class SeededRandomTests
{
    [Fact]
    public void NextBits_KnownState_FollowsTheReferenceAlgorithm()
    {
        // The first outputs of xoshiro256** from the state 1, 2, 3, 4, as its authors' C code gives them.
        var random = new SeededRandom(0, RandomStream.Weights) { State = [1, 2, 3, 4] };
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], [random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void State_SavedAndRestored_ContinuesTheStream()
    {
        var random = new SeededRandom(42, RandomStream.Batches);
        random.NextBits();
        ulong[] state = random.State;
        double[] expected = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
        var other = new SeededRandom(7, RandomStream.Split) { State = state };
        Assert.Equal(expected, Enumerable.Range(0, 20).Select(_ => other.NextDouble()));
    }

    [Fact]
    public void Streams_OfOneSeed_Differ()
    {
        ulong[] first = [.. Enum.GetValues<RandomStream>().Select(stream => new SeededRandom(1, stream).NextBits())];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Seeds_ThatAreNeighbours_ShareNoWordOfState()
    {
        ulong[] words = [.. Enumerable.Range(0, 1000).SelectMany(seed => new SeededRandom(seed, RandomStream.Weights).State)];
        Assert.Equal(words.Length, words.Distinct().Count());
    }

    [Fact]
    public void NextInt_ManyDraws_AreUniform()
    {
        var random = new SeededRandom(5, RandomStream.Sample);
        var counts = new int[7];
        for (int draw = 0; draw < 70_000; draw++)
            counts[random.NextInt(7)]++;
        // Five standard deviations: 5 * sqrt(70,000 / 7 * 6 / 7).
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 463, 10_000 + 463));
    }

    [Fact]
    public void Shuffle_AnyItems_KeepsThemAll()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new SeededRandom(5, RandomStream.Sample).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
