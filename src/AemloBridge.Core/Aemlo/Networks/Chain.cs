using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>Layers applied one after the other.</summary>
/// <param name="layers">At least one.</param>
internal sealed class Chain(IReadOnlyList<Layer> layers)
{
    /// <summary>The output for inference: nothing is remembered.</summary>
    public Tensor Apply(Tensor input) => Run(input, training: false);

    /// <summary>The output, with what <see cref="Backward"/> needs remembered until then.</summary>
    public Tensor Forward(Tensor input) => Run(input, training: true);

    /// <summary>Writes the gradients of all parameters; returns the gradient of the input when asked for.</summary>
    /// <param name="gradient">Gradient of the output; may be overwritten.</param>
    /// <param name="needInputGradient">False for the first layers of the encoders, whose inputs are data.</param>
    public Tensor? Backward(Tensor gradient, bool needInputGradient)
    {
        Tensor? current = gradient;
        for (int layer = layers.Count - 1; layer >= 0; layer--)
            current = layers[layer].Backward(current!, needInputGradient || layer > 0);
        return current;
    }

    private Tensor Run(Tensor input, bool training)
    {
        Tensor current = input;
        foreach (Layer layer in layers)
            current = layer.Forward(current, training);
        return current;
    }
}

/// <summary>One layer still to be built.</summary>
/// <param name="Name">Its name in model files.</param>
/// <param name="Inputs">Input units.</param>
/// <param name="Outputs">Output units.</param>
/// <param name="Leaky">Whether a leaky ReLU follows.</param>
/// <param name="IsGate">Whether it is a gate on its own input.</param>
internal sealed record LayerPlan(string Name, int Inputs, int Outputs, bool Leaky, bool IsGate = false);

/// <summary>A chain still to be built; its parameters must be known before the flat vector can be laid out.</summary>
/// <param name="Layers">In order.</param>
internal sealed record ChainPlan(IReadOnlyList<LayerPlan> Layers)
{
    public IEnumerable<ParameterSpec> Parameters() =>
        Layers.SelectMany(plan => LinearLayer.Parameters(plan.Name, plan.Inputs, plan.Outputs));

    public Chain Build(ParameterStore store, double slope) =>
        new([.. Layers.Select(plan => plan.IsGate
            ? (Layer)new GateLayer(store, plan.Name)
            : new LinearLayer(store, plan.Name, plan.Leaky ? slope : null))]);
}
