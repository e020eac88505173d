using AemloBridge.Aemlo.Options;

namespace AemloBridge.Aemlo.Networks;

/// <summary>The sizes of a network.</summary>
/// <param name="Kind">Layout.</param>
/// <param name="Inputs">Encoded feature columns.</param>
/// <param name="Labels">q.</param>
/// <param name="Hidden">Units of the hidden layers.</param>
/// <param name="LabelDecoderHidden">Units of the label decoder's hidden layer (published layout).</param>
/// <param name="Latent">l.</param>
/// <param name="Layers">Layers of the encoders (published layout: of the feature encoder).</param>
/// <param name="Slope">Slope of the leaky ReLU.</param>
internal sealed record NetworkShape(
    NetworkKind Kind,
    int Inputs,
    int Labels,
    int Hidden,
    int LabelDecoderHidden,
    int Latent,
    int Layers,
    double Slope)
{
    /// <summary>The shape that options ask for. The published code halves the hidden width in its label decoder (200 to 100).</summary>
    public static NetworkShape Of(AemloOptions options, int inputs, int labels) =>
        new(options.Network, inputs, labels, options.Hidden, Math.Max(1, options.Hidden / 2), options.Latent, options.Layers, options.Slope);
}
