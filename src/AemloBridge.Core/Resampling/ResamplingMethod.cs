using System.Diagnostics;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling;

/// <summary>What the methods without a training share: checks, seed, measures before and after, report.</summary>
/// <typeparam name="TOptions">The method's options.</typeparam>
internal abstract class ResamplingMethod<TOptions> : IResamplingMethod
    where TOptions : ResamplingOptions, new()
{
    private static readonly TOptions Defaults = new();

    /// <inheritdoc/>
    public string Name => Defaults.Method;

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public abstract string Source { get; }

    /// <inheritdoc/>
    public bool Trains => false;

    /// <inheritdoc/>
    public abstract IReadOnlyList<MethodOption> Options { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ResamplingOptions> Presets { get; } = [Defaults];

    /// <inheritdoc/>
    public void Validate(ResamplingOptions options) => Checked(options);

    /// <inheritdoc/>
    public ResamplingResult Run(MultiLabelDataset data, ResamplingOptions options, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default)
    {
        TOptions own = Checked(options);
        UsableData.Require(data);
        var watch = Stopwatch.StartNew();
        own = own with { Seed = own.Seed ?? AemloTrainer.DrawSeed() };
        Resampled made = Resample(data, own, new SeededRandom(own.Seed.Value, RandomStream.Resampling), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        ImbalanceReport before = Measure(data.Schema, data.Labels);
        LabelMatrix labels = made.Recipe.ApplyTo(data.Labels);
        cancellationToken.ThrowIfCancellationRequested();
        ImbalanceReport after = Measure(data.Schema, labels);
        cancellationToken.ThrowIfCancellationRequested();
        return new ResamplingResult(made.Recipe, before, after, RunReports.OfResampling(data, own, made, before, after, watch.Elapsed.TotalSeconds, cancellationToken));
    }

    /// <summary>Makes the recipe.</summary>
    /// <param name="data">Data with at least one row, feature and label, all of whose values are allowed.</param>
    /// <param name="options">Options within their ranges, the seed included.</param>
    /// <param name="random">The only source of random numbers.</param>
    /// <param name="cancellationToken">To be honoured at every step of the work.</param>
    protected abstract Resampled Resample(MultiLabelDataset data, TOptions options, SeededRandom random, CancellationToken cancellationToken);

    /// <summary>IRLbl_j &gt; MeanIR makes a minority label: the rule of all methods but AEMLO.</summary>
    private static ImbalanceReport Measure(DatasetSchema schema, LabelMatrix labels) =>
        ImbalanceMeasures.Compute(labels, [.. schema.Labels.Select(label => label.Name)], MinorityRule.Irlbl, 1);

    private TOptions Checked(ResamplingOptions options)
    {
        if (options is not TOptions own)
            throw new ArgumentException($"options of {options.Method} were given to {Name}", nameof(options));
        foreach (MethodOption option in Options)
            option.Check(own);
        return own;
    }
}
