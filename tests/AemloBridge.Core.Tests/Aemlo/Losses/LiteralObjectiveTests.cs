using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

/// <summary>Fast losses and written-out gradients against the literal equations with autograd, in float64, on random shapes.</summary>
[Collection(TorchCollection.Name)]
public class LiteralObjectiveTests
{
    public static TheoryData<string, int, int> Batches()
    {
        var data = new TheoryData<string, int, int>();
        foreach (string preset in AemloPresets.Names)
        {
            // Latent sizes of 6: batches below, at and above it; batches of 1 and 2; one label and several.
            foreach (int rows in new[] { 1, 2, 5, 6, 7, 19 })
            {
                data.Add(preset, rows, 1);
                data.Add(preset, rows, 5);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Step_RandomBatch_EqualsLiteralFormulation(string preset, int rows, int labels)
    {
        AemloOptions options = AemloPresets.Get(preset) with { Hidden = 4, Latent = 6, Alpha = 0.7, Beta = 1.3, Lambda = 0.4, LambdaStructure = 1.6 };
        var random = new SeededRandom(rows * 100 + labels, RandomStream.Sample);
        int inputs = 1 + random.NextInt(9);
        using var scope = NewDisposeScope();
        NetworkShape shape = NetworkShape.Of(options, inputs, labels);
        using var network = new AemloNetwork(shape, ScalarType.Float64, CPU);
        network.Initialize(random);
        Tensor x = Random(random, rows, inputs);
        Tensor y = RandomLabels(random, rows, labels);
        LossWeights weights = LossWeights.Of(options);

        LossTerms terms = LossTermsReader.Read(new AemloObjective(network, weights).Step(x, y));

        Dictionary<string, Tensor> leaves = network.Parameters.Specs.ToDictionary(spec => spec.Name, spec => network.Parameters.Value(spec.Name).clone().requires_grad_());
        (Tensor total, Tensor[] literal) = new LiteralObjective(shape, weights, leaves).Loss(x, y);
        total.backward();
        double[] expected = [.. literal.Select(term => term.item<double>())];
        double[] actual = [.. terms.Named.Select(pair => pair.Value)];
        GoldenBatch.AssertClose(expected, actual, 1e-9, 1e-10, "terms");
        foreach ((string name, Tensor leaf) in leaves)
        {
            double[] gradient = leaf.grad is null ? new double[leaf.numel()] : leaf.grad.data<double>().ToArray();
            GoldenBatch.AssertClose(gradient, network.Parameters.Gradient(name).clone().data<double>().ToArray(), 1e-8, 1e-9, name);
        }
    }

    private static Tensor Random(SeededRandom random, int rows, int columns)
    {
        var cells = new double[rows * columns];
        for (int index = 0; index < cells.Length; index++)
            cells[index] = random.NextDouble();
        return tensor(cells, [rows, columns]);
    }

    /// <summary>The first row has no label, the second all of them, the others are random.</summary>
    private static Tensor RandomLabels(SeededRandom random, int rows, int labels)
    {
        var cells = new double[rows * labels];
        for (int index = 0; index < cells.Length; index++)
        {
            int row = index / labels;
            cells[index] = row == 0 ? 0 : row == 1 ? 1 : random.NextInt(2);
        }

        return tensor(cells, [rows, labels]);
    }
}
