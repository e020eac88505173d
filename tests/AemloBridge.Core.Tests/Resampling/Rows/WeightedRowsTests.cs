using AemloBridge.Randomness;
using AemloBridge.Resampling.Rows;

namespace AemloBridge.Tests.Resampling.Rows;

public sealed class WeightedRowsTests
{
    [Fact]
    public void Next_ManyDraws_EqualsAWalkAlongTheWeights()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var shape = new SeededRandom(seed, RandomStream.Sample);
            double[] weights = [.. Enumerable.Range(0, 1 + shape.NextInt(20)).Select(_ => shape.NextInt(2) * shape.NextDouble())];
            var rows = new WeightedRows(weights);
            if (rows.Total == 0)
                continue;
            var random = new SeededRandom(seed, RandomStream.Resampling);
            var same = new SeededRandom(seed, RandomStream.Resampling);
            for (int draw = 0; draw < 50; draw++)
            {
                double target = same.NextDouble() * weights.Sum();
                double sum = 0;
                int expected = 0;
                while ((sum += weights[expected]) <= target)
                    expected++;
                int drawn = rows.Next(random);
                Assert.Equal(expected, drawn);
                Assert.True(weights[drawn] > 0);
            }
        }
    }

    [Fact]
    public void Next_WeightsOneToThree_ComesAsOftenAsTheyWeigh()
    {
        var rows = new WeightedRows([0, 1, 0, 3, 0]);
        var random = new SeededRandom(1, RandomStream.Resampling);
        int[] drawn = [.. Enumerable.Range(0, 40000).Select(_ => rows.Next(random))];
        Assert.Equal([1, 3], drawn.Distinct().Order());
        Assert.InRange(drawn.Count(row => row == 3), 29500, 30500);
    }
}
