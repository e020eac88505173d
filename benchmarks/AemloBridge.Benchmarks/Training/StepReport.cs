using System.Diagnostics;
using System.Globalization;
using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Devices;
using AemloBridge.Randomness;
using AemloBridge.Tests.Aemlo.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AemloBridge.Benchmarks.Training;

/// <summary>
/// Milliseconds per training step, ours beside the literal formulation, and beside the floor that the machine sets:
/// the parameters' matrix products at the rate measured in the same run, plus the optimizer's memory traffic at the
/// copy rate measured in the same run. All are taken in turn, so that a machine whose speed drifts moves them together.
/// </summary>
internal static class StepReport
{
    private const int Rows = 128;
    private const int Rounds = 15;

    private static readonly (string Name, int Inputs, int Labels)[] Shapes =
    [
        ("bibtex", 1836, 159),
        ("Corel5k", 499, 374),
        ("yeast", 103, 14),
    ];

    public static void Print(string preset)
    {
        TorchRuntime.Initialize(0);
        Console.WriteLine(FormattableString.Invariant($"preset {preset}, batch {Rows}, h = l = 512, {TorchRuntime.DefaultThreads} threads, medians of {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| shape (d, q) | literal, ms | ours, ms | literal/ours | floor, ms | ours/floor | sgemm, GFLOP/s | copy, GB/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach ((string name, int inputs, int labels) in Shapes)
            Console.WriteLine(Row(name, AemloPresets.Get(preset) with { Latent = 512, Hidden = 512 }, inputs, labels));
    }

    private static string Row(string name, AemloOptions options, int inputs, int labels)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(7, RandomStream.Sample);
        Tensor x = Cells(random, Rows, inputs, () => (float)random.NextDouble());
        Tensor y = Cells(random, Rows, labels, () => random.NextDouble() < 0.05 ? 1f : 0f);
        NetworkShape shape = NetworkShape.Of(options, inputs, labels);
        LossWeights weights = LossWeights.Of(options);
        using var network = new AemloNetwork(shape, ScalarType.Float32, CPU);
        network.Initialize(random);
        var objective = new AemloObjective(network, weights);
        using var adam = new FlatAdam(network.Parameters.Values, network.Parameters.Gradients, options.LearningRate);

        Dictionary<string, Parameter> leaves = network.Parameters.Specs.ToDictionary(spec => spec.Name, spec => new Parameter(network.Parameters.Value(spec.Name).clone()));
        var literal = new LiteralObjective(shape, weights, leaves.ToDictionary(pair => pair.Key, pair => (Tensor)pair.Value));
        using optim.Optimizer literalAdam = optim.Adam(leaves.Values, options.LearningRate);
        var copyFrom = zeros(32 << 20);
        var copyTo = zeros_like(copyFrom);
        Tensor square = rand(2048, 2048);

        var ours = new List<double>();
        var theirs = new List<double>();
        var gemm = new List<double>();
        var copy = new List<double>();
        for (int round = -3; round < Rounds; round++)
        {
            double a = Milliseconds(() => Ours(objective, adam, x, y), 4);
            double b = Milliseconds(() => Literal(literal, literalAdam, x, y), 1);
            double c = Milliseconds(() => square.mm(square).Dispose(), 1);
            double d = Milliseconds(() => copyTo.copy_(copyFrom), 1);
            if (round < 0)
                continue;
            ours.Add(a);
            theirs.Add(b);
            gemm.Add(2.0 * 2048 * 2048 * 2048 / (c * 1e6));
            copy.Add(2.0 * 4 * copyFrom.numel() / (d * 1e6));
        }

        double floor = Floor(network, options, inputs, labels, Median(gemm), Median(copy));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} ({inputs}, {labels}) | {Median(theirs):F1} | {Median(ours):F1} | {Median(theirs) / Median(ours):F1} | {floor:F1} | {Median(ours) / floor:F2} | {Median(gemm):F0} | {Median(copy):F1} |");
    }

    /// <summary>
    /// Products with the parameters: forward, the parameter gradients, and the input gradients where they are needed
    /// (not for the first layers of the encoders); then 28 bytes of optimizer traffic per parameter.
    /// </summary>
    private static double Floor(AemloNetwork network, AemloOptions options, int inputs, int labels, double gflops, double gigabytes)
    {
        double operations = 0;
        long parameters = 0;
        foreach (ParameterSpec spec in network.Parameters.Specs)
        {
            parameters += spec.Count;
            if (spec.Shape.Length != 2)
                continue;
            bool first = spec.Name is "fex1.weight" or "fey1.weight";
            int batches = spec.Name.StartsWith("fdy", StringComparison.Ordinal) && options.LabelDecoderInput == LabelDecoderInput.Both ? 2 : 1;
            operations += 2.0 * Rows * batches * spec.Count * (first ? 2 : 3);
        }

        return operations / (gflops * 1e6) + 28.0 * parameters / (gigabytes * 1e6);
    }

    private static void Ours(AemloObjective objective, FlatAdam adam, Tensor x, Tensor y)
    {
        using var step = NewDisposeScope();
        objective.Step(x, y);
        adam.Step(TorchRuntime.DefaultThreads);
    }

    private static void Literal(LiteralObjective literal, optim.Optimizer adam, Tensor x, Tensor y)
    {
        using var step = NewDisposeScope();
        adam.zero_grad();
        literal.Loss(x, y).Total.backward();
        adam.step();
    }

    private static double Milliseconds(Action action, int repeats)
    {
        var watch = Stopwatch.StartNew();
        for (int repeat = 0; repeat < repeats; repeat++)
            action();
        return watch.Elapsed.TotalMilliseconds / repeats;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Tensor Cells(SeededRandom random, int rows, int columns, Func<float> next)
    {
        var cells = new float[rows * columns];
        for (int index = 0; index < cells.Length; index++)
            cells[index] = next();
        return tensor(cells, [rows, columns]);
    }
}
