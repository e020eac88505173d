using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Remedial;

/// <summary>REMEDIAL as one of the resampling methods: what <see cref="Decoupling"/> does. Draws no random numbers.</summary>
internal sealed class RemedialMethod : ResamplingMethod<RemedialOptions>
{
    /// <inheritdoc/>
    public override string Title => "REMEDIAL";

    /// <inheritdoc/>
    public override string Description => "Decouples rows in which rare and frequent labels meet: the row keeps the minority labels, a copy of it the others";

    /// <inheritdoc/>
    public override string Source => Decoupling.Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = [OptionsOf<RemedialOptions>.Seed()];

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, RemedialOptions options, SeededRandom random, CancellationToken cancellationToken) =>
        Decoupling.Resample(data, cancellationToken);
}
