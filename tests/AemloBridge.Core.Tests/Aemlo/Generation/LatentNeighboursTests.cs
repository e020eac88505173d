using AemloBridge.Aemlo.Generation;
using AemloBridge.Devices;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Aemlo.Generation;

[Collection(TorchCollection.Name)]
public class LatentNeighboursTests
{
    [Theory]
    [InlineData(1, 5, 0)]
    [InlineData(2, 5, 1)]
    [InlineData(7, 5, 5)]
    [InlineData(600, 5, 5)]
    [InlineData(30, 40, 29)]
    public void Find_RandomRows_EqualsSortingAllDistances(int count, int k, int expected)
    {
        TorchRuntime.Initialize(1);
        const int Width = 3;
        var random = new SeededRandom(count, RandomStream.Sample);
        var latent = new float[count * Width];
        for (int cell = 0; cell < latent.Length; cell++)
            latent[cell] = random.NextInt(1000) / 16f;
        int[][] found = LatentNeighbours.Find(latent, count, Width, k, TorchSharp.torch.CPU, TestContext.Current.CancellationToken);
        for (int row = 0; row < count; row++)
        {
            Assert.Equal(expected, found[row].Length);
            Assert.DoesNotContain(row, found[row]);
            double[] nearest = [.. Enumerable.Range(0, count).Where(other => other != row).Select(other => Distance(row, other)).Order().Take(expected)];
            Assert.Equal(nearest, found[row].Select(other => Distance(row, other)));
        }

        double Distance(int a, int b) => Enumerable.Range(0, Width).Sum(cell => Math.Pow(latent[a * Width + cell] - latent[b * Width + cell], 2));
    }

    [Fact]
    public void Find_EqualDistances_PrefersTheLowerPosition()
    {
        TorchRuntime.Initialize(1);
        int[][] found = LatentNeighbours.Find([0, 1, 1, 1, 1], 5, 1, 3, TorchSharp.torch.CPU, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], found[0]);
        Assert.Equal([1, 2, 4], found[3]);
    }
}
