using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Mlros;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlrus;

/// <summary>
/// MLRUS (Charte et al., Neurocomputing 163, 2015): the majority labels (IRLbl &lt; MeanIR) take turns, in the data set's
/// order, and each gives up a random row of its bag that holds no minority label; after that it retires once its IRLbl has
/// reached MeanIR, or when its bag is empty.
/// </summary>
/// <remarks>
/// MeanIR is that of the given rows; IRLbl is that of the rows that are left (Mulan leaves the most frequent label's count
/// as it was, looks before a removal, and also removes rows that hold a minority label). Random draws: per removal one
/// number below the rows left in the bag, the position among them, ascending.
/// </remarks>
internal sealed class MlrusMethod : ResamplingMethod<MlrusOptions>
{
    /// <inheritdoc/>
    public override string Title => "MLRUS";

    /// <inheritdoc/>
    public override string Description => "Multi-label random undersampling: takes away random rows of each majority label in turn, but none that has a minority label";

    /// <inheritdoc/>
    public override string Source => MinorityCloning.Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = AmountOptionsOf<MlrusOptions>.Removed(MinorityCloning.Paper);

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MlrusOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        int wanted = Amount.Of(options.Rate, options.Num, data.RowCount);
        double[] irLbl = ImbalanceMeasures.IRLbl(data.Labels.PositiveCounts());
        double meanIR = ImbalanceMeasures.MeanIR(irLbl);
        bool[] minority = ImbalanceMeasures.MinorityLabels(data.Labels);
        if (!minority.Contains(true))
            return Kept(data, new HashSet<int>(), wanted, NothingDone.NoMinorityLabel(data.Labels));
        if (wanted == 0)
            return Kept(data, new HashSet<int>(), 0, Amount.WhyNone(options.Rate, options.Num, data.RowCount));

        int[] majority = [.. Enumerable.Range(0, irLbl.Length).Where(label => irLbl[label] < meanIR)];
        HashSet<int> removed = Remove(data.Labels, majority, minority, meanIR, wanted, random, cancellationToken);
        return Kept(data, removed, wanted, removed.Count == wanted ? null :
            $"{removed.Count} of {wanted} rows were taken away: by then each majority label had reached MeanIR or was left with rows that hold a minority label; ask for fewer");
    }

    private static HashSet<int> Remove(LabelMatrix labels, int[] majority, bool[] minority, double meanIR, int wanted, SeededRandom random, CancellationToken cancellationToken)
    {
        List<int>[] bags = LabelBags.Of(labels);
        HashSet<int> spared = [.. ImbalanceMeasures.MinorityRows(labels, minority)];
        foreach (int label in majority)
            bags[label].RemoveAll(spared.Contains);
        var counts = new RunningCounts(labels);
        var removed = new HashSet<int>();
        List<int> active = [.. majority];
        while (removed.Count < wanted && active.Count > 0)
        {
            var stillActive = new List<int>();
            foreach (int label in active)
            {
                if (removed.Count == wanted)
                    break;
                cancellationToken.ThrowIfCancellationRequested();
                if (bags[label].Count == 0)
                    continue;
                int row = bags[label][random.NextInt(bags[label].Count)];
                removed.Add(row);
                counts.Remove(row);
                foreach (int of in RowLabels.Of(labels, row))
                {
                    if (bags[of].BinarySearch(row) is >= 0 and int at)
                        bags[of].RemoveAt(at);
                }

                if (counts.IRLbl(label) < meanIR)
                    stillActive.Add(label);
            }

            active = stillActive;
        }

        return removed;
    }

    private static Resampled Kept(MultiLabelDataset data, IReadOnlySet<int> removed, int wanted, string? warning) => new(
        ResamplingRecipe.Keep(data, [.. Enumerable.Range(0, data.RowCount).Where(row => !removed.Contains(row))]),
        wanted,
        warning is null ? [] : [warning]);
}
