using AemloBridge.Aemlo.Options;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>The four maps of AEMLO: Fex and Fey encode features and labels, Fdx and Fdy decode them.</summary>
internal sealed class AemloNetwork : IDisposable
{
    private readonly Chain _fex;
    private readonly Chain _fey;
    private readonly Chain _fdx;
    private readonly Chain _fdy;

    /// <summary>A network whose parameters are all zero: draw them with <see cref="Initialize"/> or copy them in.</summary>
    public AemloNetwork(NetworkShape shape, ScalarType type, Device device)
    {
        Shape = shape;
        Device = device;
        ChainPlan[] plans = Plans(shape);
        Parameters = new ParameterStore(Specs(shape), type, device);
        Chain[] chains = [.. plans.Select(plan => plan.Build(Parameters, shape.Slope))];
        (_fex, _fey, _fdx, _fdy) = (chains[0], chains[1], chains[2], chains[3]);
    }

    public NetworkShape Shape { get; }

    public Device Device { get; }

    public ParameterStore Parameters { get; }

    /// <summary>Features to latent rows: n × inputs to n × l.</summary>
    public Chain Fex => _fex;

    /// <summary>Labels to latent rows: n × q to n × l.</summary>
    public Chain Fey => _fey;

    /// <summary>Latent rows to features.</summary>
    public Chain Fdx => _fdx;

    /// <summary>Latent rows to label scores before any sigmoid.</summary>
    public Chain Fdy => _fdy;

    /// <summary>The parameters that a network of that shape has, without making it.</summary>
    public static IReadOnlyList<ParameterSpec> Specs(NetworkShape shape) => [.. Plans(shape).SelectMany(plan => plan.Parameters())];

    public void Initialize(SeededRandom random) => Parameters.Initialize(random);

    public void Dispose() => Parameters.Dispose();

    private static ChainPlan[] Plans(NetworkShape shape) => shape.Kind == NetworkKind.Paper ? PaperPlans(shape) : PublishedPlans(shape);

    /// <summary>Section 4 of the paper: leaky ReLU after every encoder layer, one linear layer in each decoder.</summary>
    private static ChainPlan[] PaperPlans(NetworkShape shape) =>
    [
        Encoder("fex", shape.Inputs, shape),
        Encoder("fey", shape.Labels, shape),
        new([new LayerPlan("fdx", shape.Latent, shape.Inputs, Leaky: false)]),
        new([new LayerPlan("fdy", shape.Latent, shape.Labels, Leaky: false)]),
    ];

    /// <summary>The published Model.py, its unused variational layers left out.</summary>
    private static ChainPlan[] PublishedPlans(NetworkShape shape) =>
    [
        Encoder("fex", shape.Inputs, shape),
        new(
        [
            new LayerPlan("fey1", shape.Labels, shape.Hidden, Leaky: true),
            new LayerPlan("fey.gate", shape.Hidden, shape.Hidden, Leaky: false, IsGate: true),
            new LayerPlan("fey2", shape.Hidden, shape.Latent, Leaky: false),
        ]),
        new(
        [
            new LayerPlan("fdx1", shape.Latent, shape.Hidden, Leaky: true),
            new LayerPlan("fdx2", shape.Hidden, shape.Inputs, Leaky: false),
        ]),
        new(
        [
            new LayerPlan("fdy1", shape.Latent, shape.LabelDecoderHidden, Leaky: true),
            new LayerPlan("fdy2", shape.LabelDecoderHidden, shape.Labels, Leaky: false),
        ]),
    ];

    private static ChainPlan Encoder(string name, int inputs, NetworkShape shape) =>
        new([.. Enumerable.Range(1, shape.Layers).Select(layer => new LayerPlan(
            $"{name}{layer}",
            layer == 1 ? inputs : shape.Hidden,
            layer == shape.Layers ? shape.Latent : shape.Hidden,
            Leaky: true))]);
}
