using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Training;

[Collection(TorchCollection.Name)]
public class BinaryCutsTests
{
    private const double Slope = 0.01;

    /// <summary>Ones per two-valued column: almost none, few, half, almost all.</summary>
    private static readonly int[] Ones = [1, 4, 13, 45, 89];

    [Theory]
    [InlineData(90)]
    [InlineData(700)]
    public void Compute_RandomNetwork_CutsEachColumnWhereItKeepsItsOnes(int rows)
    {
        MultiLabelDataset data = Data(rows);
        FeatureEncoder encoder = FeatureEncoder.Fit(data.Schema, data.Features);
        var shape = new NetworkShape(NetworkKind.Paper, encoder.Width, 1, Hidden: 9, LabelDecoderHidden: 1, Latent: 6, Layers: 2, Slope);
        using var network = new AemloNetwork(shape, ScalarType.Float32, CPU);
        network.Initialize(new SeededRandom(11, RandomStream.Weights));
        using var batches = new BatchBuilder(data, encoder, NetworkInference.ChunkRows, CPU);
        double[] cuts = BinaryCuts.Compute(network, encoder, batches, [.. Enumerable.Range(0, rows)], TestContext.Current.CancellationToken);

        Assert.Equal(encoder.Width, cuts.Length);
        double[][] reconstructed = [.. Enumerable.Range(0, rows).Select(row => Reconstruct(network, Encode(data, row)))];
        for (int column = 0; column < Ones.Length; column++)
        {
            int expected = Enumerable.Range(0, rows).Count(row => data.Features[row, column] == 1);
            Assert.Equal(expected, reconstructed.Count(cells => cells[column] >= cuts[column]));
            // A cut at one half would not have kept them.
            Assert.NotEqual(expected, reconstructed.Count(cells => cells[column] >= 0.5));
        }

        // One constant two-valued column, one number, one column of three values encoded as three.
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.5], cuts[Ones.Length..]);
    }

    private static MultiLabelDataset Data(int rows)
    {
        var random = new SeededRandom(2, RandomStream.Sample);
        DataAttribute[] features =
        [
            .. Ones.Select((_, index) => DataAttribute.Nominal($"b{index}", "no", "yes")),
            DataAttribute.Nominal("same", "no", "yes"),
            DataAttribute.Numeric("x"),
            DataAttribute.Nominal("three", "p", "q", "r"),
        ];
        int[] order = [.. Enumerable.Range(0, rows)];
        double[][] cells = [.. Enumerable.Range(0, rows).Select(row => new double[features.Length + 1])];
        for (int column = 0; column < Ones.Length; column++)
        {
            random.Shuffle<int>(order);
            foreach (int row in order[..Ones[column]])
                cells[row][column] = 1;
        }

        foreach (double[] row in cells)
        {
            row[Ones.Length] = 1;
            row[Ones.Length + 1] = random.NextDouble();
            row[Ones.Length + 2] = random.NextInt(3);
        }

        // The number's range is 0 to 1, so that it stands for itself in the encoded rows.
        cells[0][Ones.Length + 1] = 0;
        cells[1][Ones.Length + 1] = 1;
        return TestData.Literal(features, 1, cells);
    }

    /// <summary>A row as the network sees it: a constant column is 0, three values are three columns.</summary>
    private static double[] Encode(MultiLabelDataset data, int row)
    {
        double three = data.Features[row, Ones.Length + 2];
        return
        [
            .. Enumerable.Range(0, Ones.Length).Select(column => data.Features[row, column]),
            0,
            data.Features[row, Ones.Length + 1],
            three == 0 ? 1 : 0,
            three == 1 ? 1 : 0,
            three == 2 ? 1 : 0,
        ];
    }

    /// <summary>Fdx(Fex(x)) in float64: two leaky layers, then a linear one.</summary>
    private static double[] Reconstruct(AemloNetwork network, double[] row) =>
        Layer(network, "fdx", Leaky(Layer(network, "fex2", Leaky(Layer(network, "fex1", row)))));

    private static double[] Leaky(double[] values) => [.. values.Select(value => value < 0 ? Slope * value : value)];

    private static double[] Layer(AemloNetwork network, string name, double[] input)
    {
        float[] weight = network.Parameters.Value(name + ".weight").data<float>().ToArray();
        float[] bias = network.Parameters.Value(name + ".bias").data<float>().ToArray();
        return [.. bias.Select((start, unit) => start + input.Select((value, at) => value * weight[unit * input.Length + at]).Sum())];
    }
}
