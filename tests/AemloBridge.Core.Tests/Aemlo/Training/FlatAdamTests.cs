using AemloBridge.Aemlo.Training;
using AemloBridge.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Training;

[Collection(TorchCollection.Name)]
public class FlatAdamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(200_003)]
    public void Step_FusedOnAnyNumberOfThreads_EqualsTorchAdamAndOperations(int length)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(length, RandomStream.Sample);
        Tensor start = Draw(random, length);
        using var reference = new Parameter(start.clone());
        using optim.Optimizer torchAdam = optim.Adam([reference], 1e-2);
        var runs = new[] { 1, 2, 5 }.Select(threads => new Run(threads, start)).ToArray();
        using var operations = new Run(0, start);
        for (int step = 0; step < 4; step++)
        {
            Tensor gradient = Draw(random, length);
            reference.grad = gradient.clone();
            torchAdam.step();
            foreach (Run run in runs.Append(operations))
                run.Step(gradient);
        }

        float[] expected = reference.clone().detach().data<float>().ToArray();
        float[] first = runs[0].Values;
        float[] byOperations = operations.Values;
        for (int index = 0; index < length; index++)
        {
            Assert.Equal(expected[index], first[index], 1e-6f);
            Assert.Equal(first[index], byOperations[index], 1e-6f);
        }

        Assert.All(runs, run => Assert.True(first.SequenceEqual(run.Values)));
        foreach (Run run in runs)
            run.Dispose();
    }

    private static Tensor Draw(SeededRandom random, int length)
    {
        var cells = new float[length];
        for (int index = 0; index < length; index++)
            cells[index] = (float)(random.NextDouble() * 2 - 1);
        return tensor(cells);
    }

    /// <summary>One way to take the steps; 0 threads stands for tensor operations.</summary>
    private sealed class Run : IDisposable
    {
        private readonly int _threads;
        private readonly Tensor _values;
        private readonly Tensor _gradients;
        private readonly FlatAdam _adam;

        public Run(int threads, Tensor start)
        {
            _threads = threads;
            _values = start.clone();
            _gradients = zeros_like(start);
            _adam = new FlatAdam(_values, _gradients, 1e-2);
        }

        public float[] Values => _values.data<float>().ToArray();

        public void Step(Tensor gradient)
        {
            _gradients.copy_(gradient);
            if (_threads > 0)
            {
                _adam.Step(_threads);
                return;
            }

            _adam.Steps++;
            _adam.StepByOperations(1 - Math.Pow(0.9, _adam.Steps), Math.Sqrt(1 - Math.Pow(0.999, _adam.Steps)));
        }

        public void Dispose() => _adam.Dispose();
    }
}
