using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mltl;

/// <summary>MLTL (Pereira, Costa, Silla, Neurocomputing 383, 2020): takes away the frequent side of multi-label Tomek links.</summary>
/// <remarks>
/// All tests use the given rows; removal comes at the end, so that no order matters. Neighbours are found by features alone
/// (the authors' program measures labels too, by oversight). By default a link needs neighbours of each other, and only
/// rows without a minority label go; the authors' program asks for neither, see <see cref="MltlMode.Authors"/>.
/// Random draws: none.
/// </remarks>
internal sealed class MltlMethod : ResamplingMethod<MltlOptions>
{
    /// <inheritdoc/>
    public override string Title => "MLTL";

    /// <inheritdoc/>
    public override string Description => "Multi-label Tomek links: takes away rows with frequent labels that lie beside rows with quite different, rare ones";

    /// <inheritdoc/>
    public override string Source => "Pereira, Costa, Silla: MLTL, a multi-label approach for the Tomek Link undersampling algorithm, Neurocomputing 383, 2020";

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = MltlCatalogue.All;

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MltlOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        ImbalanceReport measures = ImbalanceMeasures.Compute(data.Labels, [.. data.Schema.Labels.Select(label => label.Name)], MinorityRule.Irlbl, 1);
        bool[] hasMinority = Having(data.Labels, [.. measures.Labels.Select(label => label.IsMinority)]);
        bool[] hasMajority = Having(data.Labels, [.. measures.Labels.Select(label => label.IRLbl < measures.MeanIR)]);
        if (!hasMajority.Contains(true))
            return Kept(data, [], NothingDone.NoMinorityLabel(data.Labels));

        double threshold = options.Threshold ?? LabelThreshold.Of(measures);
        var space = DistanceSpace.Overlap(data.Schema, data.Features);
        using var search = new NeighbourSearch(space, data.Features, new NeighbourSearchOptions { Device = options.Device, Threads = options.Threads });
        var links = new TomekLinks(search, new LabelSetDistance(data.Labels, options.JaccardDenominator), threshold, options.Neighbours);
        HashSet<int> dropped = options.Mode == MltlMode.Mutual
            ? links.Mutual(hasMinority, hasMajority, cancellationToken)
            : links.Voted(hasMajority, options.ProtectMinority ? hasMinority : new bool[data.RowCount], cancellationToken);
        if (dropped.Count == data.RowCount)
            throw data.Error(string.Create(CultureInfo.InvariantCulture, $"MLTL would take away all {data.RowCount} rows; run remedial first, or set --threshold above {threshold}"));
        return Kept(data, dropped, string.Create(CultureInfo.InvariantCulture,
            $"nothing was done: no row with frequent labels lies beside one whose labels differ by more than {threshold} as the mode asks for; a lower --threshold or more --neighbours may find some"));
    }

    private static Resampled Kept(MultiLabelDataset data, HashSet<int> dropped, string whyNone) => new(
        ResamplingRecipe.Keep(data, [.. Enumerable.Range(0, data.RowCount).Where(row => !dropped.Contains(row))]),
        dropped.Count,
        dropped.Count == 0 ? [whyNone] : []);

    /// <summary>For every row whether it has any of the flagged labels.</summary>
    private static bool[] Having(LabelMatrix labels, bool[] flags)
    {
        var having = new bool[labels.RowCount];
        foreach (int row in ImbalanceMeasures.MinorityRows(labels, flags))
            having[row] = true;
        return having;
    }
}
