using AemloBridge.Aemlo.Losses;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

[Collection(TorchCollection.Name)]
public class RankingLossTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(20f)]
    [InlineData(40f)]
    public void Compute_LargeScoresInFloat32_IsExact(float magnitude)
    {
        using var scope = NewDisposeScope();
        float[] f = [magnitude, -magnitude, magnitude, -magnitude, 0.25f * magnitude, magnitude];
        float[] y = [0, 1, 1, 0, 0, 1];
        double expected = 0;
        for (int row = 0; row < 2; row++)
        {
            double sum = 0, pairs = 0;
            for (int a = 0; a < 3; a++)
            {
                for (int b = 0; b < 3; b++)
                {
                    if (y[row * 3 + a] == 0 || y[row * 3 + b] != 0)
                        continue;
                    sum += Math.Exp(-((double)f[row * 3 + a] - f[row * 3 + b]));
                    pairs++;
                }
            }

            expected += sum / pairs;
        }

        LossValue loss = RankingLoss.Compute(tensor(f, [2, 3]), tensor(y, [2, 3]), 0, bounded: false, dropNonFinite: false);

        float actual = loss.Value.item<float>();
        Assert.Equal((float)expected, actual, Math.Abs((float)expected) * 1e-6f);
        Assert.All(loss.Gradient.data<float>().ToArray(), cell => Assert.True(float.IsFinite(cell)));
    }

    [Fact]
    public void Compute_RowsWithNoOrAllLabels_ContributeNothing()
    {
        using var scope = NewDisposeScope();
        Tensor f = tensor(new float[] { 3, 1, 2, 0 }, [2, 2]);
        Tensor y = tensor(new float[] { 0, 0, 1, 1 }, [2, 2]);
        LossValue loss = RankingLoss.Compute(f, y, 1e-4, bounded: false, dropNonFinite: true);
        Assert.Equal(0f, loss.Value.item<float>());
        Assert.All(loss.Gradient.data<float>().ToArray(), cell => Assert.Equal(0f, cell));
    }

    [Theory]
    [InlineData(2000f)]
    [InlineData(60f)]
    public void Compute_RowThatOverflows_CountsAsZeroOnlyWhenDropped(float magnitude)
    {
        // e⁴⁰⁰⁰ overflows float64; e¹²⁰ fits there but not into the float32 of the scores.
        using var scope = NewDisposeScope();
        Tensor f = tensor(new float[] { -magnitude, magnitude, 0, 0 }, [2, 2]);
        Tensor y = tensor(new float[] { 1, 0, 1, 0 }, [2, 2]);
        LossValue dropped = RankingLoss.Compute(f, y, 0, bounded: false, dropNonFinite: true);
        LossValue kept = RankingLoss.Compute(f, y, 0, bounded: false, dropNonFinite: false);
        Assert.Equal(1f, dropped.Value.item<float>());
        Assert.All(dropped.Gradient.data<float>().ToArray(), cell => Assert.True(float.IsFinite(cell)));
        Assert.True(float.IsPositiveInfinity(kept.Value.item<float>()));
    }
}
