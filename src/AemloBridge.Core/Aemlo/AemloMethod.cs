using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo;

/// <summary>AEMLO as one of the resampling methods.</summary>
internal sealed class AemloMethod : IResamplingMethod
{
    public string Name => AemloOptions.MethodName;

    public string Title => "AEMLO";

    public string Description => "Autoencoder-guided multi-label oversampling: trains two encoders into one latent space and decodes new rows for rare labels";

    public string Source => "Zhou, Liu, Wang: AEMLO, ECML PKDD 2024";

    public bool Trains => true;

    public IReadOnlyList<MethodOption> Options => AemloOptionCatalog.All;

    public IReadOnlyList<ResamplingOptions> Presets { get; } = [.. AemloPresets.Names.Select(AemloPresets.Get)];

    public void Validate(ResamplingOptions options) => AemloOptionCatalog.Validate(Own(options));

    public ResamplingResult Run(MultiLabelDataset data, ResamplingOptions options, IProgress<EpochReport>? progress, CancellationToken cancellationToken) =>
        AemloOversampler.Run(data, Own(options), progress, cancellationToken);

    private static AemloOptions Own(ResamplingOptions options) =>
        options as AemloOptions ?? throw new ArgumentException($"options of {options.Method} were given to {AemloOptions.MethodName}", nameof(options));
}
