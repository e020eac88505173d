using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlros;

/// <summary>MLROS as one of the resampling methods: what <see cref="MinorityCloning"/> does.</summary>
internal sealed class MlrosMethod : ResamplingMethod<MlrosOptions>
{
    /// <inheritdoc/>
    public override string Title => "MLROS";

    /// <inheritdoc/>
    public override string Description => "Multi-label random oversampling: repeats random rows of each minority label in turn until it is as frequent as MeanIR asks for";

    /// <inheritdoc/>
    public override string Source => MinorityCloning.Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = AmountOptionsOf<MlrosOptions>.Added(MinorityCloning.Paper);

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MlrosOptions options, SeededRandom random, CancellationToken cancellationToken) =>
        MinorityCloning.Resample(data, options.Rate, options.Num, random, cancellationToken);
}
