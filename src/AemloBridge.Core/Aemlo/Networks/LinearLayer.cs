using TorchSharp;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>y = x Wᵀ + b, optionally followed by a leaky ReLU.</summary>
internal sealed class LinearLayer : Layer
{
    private readonly Tensor _weight;
    private readonly Tensor _weightTransposed;
    private readonly Tensor _bias;
    private readonly Tensor _weightGradient;
    private readonly Tensor _biasGradient;
    private readonly Scalar? _slope;
    private Tensor? _input;
    private Tensor? _output;

    /// <param name="store">Holds <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="slope">Slope of the leaky ReLU, or null for a linear layer.</param>
    public LinearLayer(ParameterStore store, string name, double? slope)
    {
        _weight = store.Value(name + ".weight");
        _weightTransposed = store.Own(_weight.t());
        _bias = store.Value(name + ".bias");
        _weightGradient = store.Gradient(name + ".weight");
        _biasGradient = store.Gradient(name + ".bias");
        _slope = slope is { } value ? Constant.Of(value) : null;
    }

    public static IEnumerable<ParameterSpec> Parameters(string name, int inputs, int outputs) =>
    [
        new(name + ".weight", [outputs, inputs], inputs),
        new(name + ".bias", [outputs], inputs),
    ];

    public override Tensor Forward(Tensor input, bool training)
    {
        Tensor output = _bias.addmm(input, _weightTransposed);
        if (_slope is not null)
            output.leaky_relu_(_slope);
        (_input, _output) = training ? (input, output) : (null, null);
        return output;
    }

    public override Tensor? Backward(Tensor gradient, bool needInputGradient)
    {
        if (_slope is not null)
            ApplySlope(gradient, _output!, _slope);
        using (Tensor transposed = gradient.t())
            _weightGradient.addmm_(transposed, _input!, beta: 0);
        // 0L, since a literal 0 would be taken for a ScalarType.
        _biasGradient.copy_(gradient.sum(0L));
        return needInputGradient ? gradient.mm(_weight) : null;
    }

    /// <summary>Multiplies by the slope where the unit was not positive; the sign of the output tells, as the slope is never negative.</summary>
    private static void ApplySlope(Tensor gradient, Tensor output, Scalar slope)
    {
        using Tensor positive = output.gt(Constant.Zero);
        // 1 where positive, the slope elsewhere: it is never above 1.
        using Tensor factor = positive.to(gradient.dtype).clamp_min_(slope);
        gradient.mul_(factor);
    }
}
