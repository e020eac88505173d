using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>
/// A step of a network with its own backward pass, written out: autograd would cost a graph per step and an extra
/// pass over every gradient, and the gradients must land in one flat vector anyway.
/// </summary>
internal abstract class Layer
{
    /// <summary>Rows in, rows out; remembers what <see cref="Backward"/> needs when <paramref name="training"/>.</summary>
    public abstract Tensor Forward(Tensor input, bool training);

    /// <summary>
    /// Takes the gradient of the output, overwrites the layer's parameter gradients and returns the gradient of the
    /// input, or null when the caller does not need it. May overwrite <paramref name="gradient"/>.
    /// </summary>
    public abstract Tensor? Backward(Tensor gradient, bool needInputGradient);
}
