using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>One weight matrix or bias vector of the network.</summary>
/// <param name="Name">Its name in model files.</param>
/// <param name="Shape">(out, in) for a weight, (out) for a bias, as in torch.nn.Linear.</param>
/// <param name="FanIn">The layer's inputs, which set the range of the starting values.</param>
internal sealed record ParameterSpec(string Name, long[] Shape, int FanIn)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}

/// <summary>
/// All parameters in one flat vector and all gradients in another; each parameter is a view into them. One vector
/// means one optimizer update over contiguous memory in place of a dozen small ones.
/// </summary>
internal sealed class ParameterStore : IDisposable
{
    /// <summary>Parameters start at multiples of 64 bytes, so that matrix kernels see the same alignment in every run.</summary>
    private const int Alignment = 16;

    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Dictionary<string, Tensor> _gradients = [];
    private readonly List<Tensor> _views = [];

    public ParameterStore(IReadOnlyList<ParameterSpec> specs, ScalarType type, Device device)
    {
        Specs = specs;
        long length = specs.Sum(Padded);
        using var scope = NewDisposeScope();
        Values = zeros(length, dtype: type, device: device);
        Gradients = zeros(length, dtype: type, device: device);
        long start = 0;
        foreach (ParameterSpec spec in specs)
        {
            _values.Add(spec.Name, View(Values, start, spec));
            _gradients.Add(spec.Name, View(Gradients, start, spec));
            start += Padded(spec);
        }

        // Only now that everything is there: what fails before goes with the scope.
        Values.DetachFromDisposeScope();
        Gradients.DetachFromDisposeScope();
        foreach (Tensor view in _values.Values.Concat(_gradients.Values))
            Own(view);
    }

    public IReadOnlyList<ParameterSpec> Specs { get; }

    /// <summary>Every parameter, one after the other, with zeros in the gaps.</summary>
    public Tensor Values { get; }

    /// <summary>The gradient of every parameter, laid out as <see cref="Values"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>A view of one parameter; disposed with the store.</summary>
    public Tensor Value(string name) => _values[name];

    /// <summary>A view of one parameter's gradient; disposed with the store.</summary>
    public Tensor Gradient(string name) => _gradients[name];

    /// <summary>Keeps a tensor derived from a view until the store goes.</summary>
    public Tensor Own(Tensor view)
    {
        view.DetachFromDisposeScope();
        _views.Add(view);
        return view;
    }

    /// <summary>Starting values as torch.nn.Linear draws them: uniform within ±1/√(inputs), weights and biases alike.</summary>
    public void Initialize(SeededRandom random)
    {
        using var scope = NewDisposeScope();
        foreach (ParameterSpec spec in Specs)
        {
            double bound = 1 / Math.Sqrt(spec.FanIn);
            var values = new float[spec.Count];
            for (int index = 0; index < values.Length; index++)
                values[index] = (float)((2 * random.NextDouble() - 1) * bound);
            Value(spec.Name).copy_(tensor(values, spec.Shape));
        }
    }

    public void Dispose()
    {
        foreach (Tensor view in _views)
            view.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }

    private static long Padded(ParameterSpec spec) => (spec.Count + Alignment - 1) / Alignment * Alignment;

    private static Tensor View(Tensor flat, long start, ParameterSpec spec) => flat.narrow(0, start, spec.Count).view(spec.Shape);
}
