using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Options;

/// <summary>Named starting points for <see cref="AemloOptions"/>.</summary>
public static class AemloPresets
{
    /// <summary>The name of <see cref="Default"/>.</summary>
    public const string DefaultName = ResamplingOptions.DefaultPreset;

    /// <summary>The name of <see cref="Paper"/>.</summary>
    public const string PaperName = "paper";

    /// <summary>The name of <see cref="Published"/>.</summary>
    public const string PublishedName = "published";

    /// <summary>All preset names, the recommended one first.</summary>
    public static IReadOnlyList<string> Names { get; } = [DefaultName, PaperName, PublishedName];

    /// <summary>
    /// What our measurements recommend: the paper's network with the label decoder trained on both encoders, binary
    /// cross-entropy beside the ranking loss, residual decoding, and the seed's own minority labels.
    /// </summary>
    public static AemloOptions Default { get; } = new();

    /// <summary>The method as the paper states it (equations 1 to 8, Algorithm 1).</summary>
    public static AemloOptions Paper { get; } = new()
    {
        Preset = PaperName,
        Orthonormality = OrthonormalityKind.Sum,
        LabelDecoderInput = LabelDecoderInput.Labels,
        CrossEntropy = 0,
        Epochs = 100,
        ValidationShare = 0.2,
        SeedOrder = SeedOrder.Random,
        MaxPerSeed = 0,
        Decoding = DecodingKind.Direct,
        Labels = LabelSourceKind.Decoded,
        Round = false,
    };

    /// <summary>The method as the authors' published code computes it, once it is made to run.</summary>
    public static AemloOptions Published { get; } = new()
    {
        Preset = PublishedName,
        Network = NetworkKind.Published,
        Latent = 500,
        Hidden = 200,
        Layers = 3,
        Lambda = 0.1,
        Reconstruction = ReconstructionKind.Absolute,
        Orthonormality = OrthonormalityKind.Sum,
        LabelDecoderInput = LabelDecoderInput.Labels,
        CrossEntropy = 0,
        RankingEpsilon = 1e-4,
        MeanOverRows = true,
        Epochs = 201,
        LearningRate = 1e-4,
        Threshold = ThresholdRule.Half,
        Keep = KeepRule.Best,
        MinorityRule = MinorityRule.Irlbl,
        SeedOrder = SeedOrder.RoundRobin,
        Rate = 0.1,
        MaxPerSeed = 0,
        MaxDraws = 1,
        Decoding = DecodingKind.Direct,
        Labels = LabelSourceKind.Decoded,
        Round = false,
    };

    /// <summary>The preset of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="AemloOptionException">There is no preset of that name.</exception>
    public static AemloOptions Get(string name) => name switch
    {
        DefaultName => Default,
        PaperName => Paper,
        PublishedName => Published,
        _ => throw new AemloOptionException("preset", $"'{name}' is not a preset; choose one of {string.Join(", ", Names)}"),
    };
}
