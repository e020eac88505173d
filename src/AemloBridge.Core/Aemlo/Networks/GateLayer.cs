using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>h · sigmoid(W h + b): what the authors' code calls attention.</summary>
internal sealed class GateLayer : Layer
{
    private readonly LinearLayer _linear;
    private Tensor? _input;
    private Tensor? _gate;

    public GateLayer(ParameterStore store, string name) => _linear = new LinearLayer(store, name, null);

    public override Tensor Forward(Tensor input, bool training)
    {
        Tensor gate = _linear.Forward(input, training).sigmoid_();
        (_input, _gate) = training ? (input, gate) : (null, null);
        return input * gate;
    }

    public override Tensor? Backward(Tensor gradient, bool needInputGradient)
    {
        using Tensor slope = _gate!.neg().Accumulate(Constant.One).mul_(_gate!);
        Tensor? through = _linear.Backward(gradient * _input! * slope, needInputGradient);
        return needInputGradient ? through!.addcmul_(gradient, _gate!, Constant.One) : null;
    }
}
