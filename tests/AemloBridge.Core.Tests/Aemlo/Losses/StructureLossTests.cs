using AemloBridge.Aemlo.Losses;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

[Collection(TorchCollection.Name)]
public class StructureLossTests
{
    private const int Rows = 40;
    private const int Columns = 50;

    [Fact]
    public void SquaredDistances_RowsFarFromZeroAndCloseTogether_AreNeverNegativeAndZeroOnTheDiagonal()
    {
        using var scope = NewDisposeScope();
        // Squared lengths near 10⁸, of which float32 keeps steps of 8, and squared distances near 1: what is left of
        // them is rounding, about half of it below 0.
        var random = new SeededRandom(3, RandomStream.Sample);
        var cells = new float[Rows * Columns];
        for (int cell = 0; cell < cells.Length; cell++)
            cells[cell] = (float)(1234.567 + 0.2 * random.NextDouble());
        Tensor rows = tensor(cells, [Rows, Columns]);
        Assert.True(NaiveSquaredDistances(rows).min().item<float>() < 0, "the rows do not provoke the rounding that this test is about");

        float[] distances = StructureLoss.SquaredDistances(rows).data<float>().ToArray();
        Assert.Equal(Rows * Rows, distances.Length);
        Assert.All(distances, distance => Assert.True(distance >= 0, $"squared distance {distance}"));
        for (int row = 0; row < Rows; row++)
            Assert.Equal(0f, distances[row * Rows + row]);
    }

    [Fact]
    public void SquaredDistances_WellSeparatedRows_EqualTheSumsOfSquaredDifferences()
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(4, RandomStream.Sample);
        var cells = new float[Rows * Columns];
        for (int cell = 0; cell < cells.Length; cell++)
            cells[cell] = (float)random.NextDouble();
        float[] distances = StructureLoss.SquaredDistances(tensor(cells, [Rows, Columns])).data<float>().ToArray();
        for (int a = 0; a < Rows; a++)
        {
            for (int b = 0; b < Rows; b++)
            {
                double expected = Enumerable.Range(0, Columns).Sum(column => Math.Pow((double)cells[a * Columns + column] - cells[b * Columns + column], 2));
                Assert.Equal(expected, distances[a * Rows + b], 1e-4);
            }
        }
    }

    [Fact]
    public void Compute_OneRow_IsZeroWithZeroGradient()
    {
        using var scope = NewDisposeScope();
        LossValue loss = StructureLoss.Compute(ones(1, 4), zeros(1, 4));
        Assert.Equal(0f, loss.Value.item<float>());
        Assert.Equal(new float[4], loss.Gradient.data<float>().ToArray());
    }

    /// <summary>‖a‖² + ‖b‖² − 2ab as it comes out in float32.</summary>
    private static Tensor NaiveSquaredDistances(Tensor rows)
    {
        Tensor gram = rows.mm(rows.t());
        Tensor norms = gram.diagonal();
        return gram * -2 + norms.unsqueeze(1) + norms;
    }
}
