using AemloBridge.Aemlo.Losses;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

[Collection(TorchCollection.Name)]
public class StructureLossTests
{
    [Fact]
    public void Compute_EqualRowsFarFromZero_FindsNoNegativeDistance()
    {
        using var scope = NewDisposeScope();
        // Gram matrices of such rows lose all digits of their differences: what is left is rounding of their squared
        // length, and the distances must still not be below 0.
        const float Cell = 1234.567f;
        Tensor rows = full([6, 50], Cell);
        LossValue loss = StructureLoss.Compute(rows, zeros(6, 50));
        float value = loss.Value.item<float>();
        double rounding = 50 * Cell * Cell * 1e-6;
        Assert.True(value >= 0 && value < rounding * rounding, $"structure loss {value}");
        Assert.All(loss.Gradient.data<float>().ToArray(), cell => Assert.True(float.IsFinite(cell)));
    }

    [Fact]
    public void Compute_OneRow_IsZeroWithZeroGradient()
    {
        using var scope = NewDisposeScope();
        LossValue loss = StructureLoss.Compute(ones(1, 4), zeros(1, 4));
        Assert.Equal(0f, loss.Value.item<float>());
        Assert.Equal(new float[4], loss.Gradient.data<float>().ToArray());
    }
}
