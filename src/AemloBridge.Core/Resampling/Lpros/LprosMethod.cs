using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Lpros;

/// <summary>
/// LPROS (Charte et al., HAIS 2013): rows are grouped by their whole label set; groups smaller than the mean size m̄, the
/// largest first, grow towards m̄ by clones of random rows. Each gets an equal share of the clones, and what a group cannot
/// take without exceeding m̄ is spread over the groups after it.
/// </summary>
/// <remarks>
/// Shares are whole numbers (<see cref="BagQuotas"/>); groups of one size come in the order of their first rows. Random
/// draws: group by group, per clone one number below the group's given size, the position in it, whose rows ascend.
/// </remarks>
internal sealed class LprosMethod : ResamplingMethod<LprosOptions>
{
    /// <summary>The publication.</summary>
    public const string Paper = "Charte, Rivera, del Jesus, Herrera: A first approach to deal with imbalance in multi-label datasets, HAIS 2013";

    /// <inheritdoc/>
    public override string Title => "LPROS";

    /// <inheritdoc/>
    public override string Description => "Label powerset random oversampling: repeats random rows of rare label sets";

    /// <inheritdoc/>
    public override string Source => Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = AmountOptionsOf<LprosOptions>.Added(Paper);

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, LprosOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        int wanted = Amount.Of(options.Rate, options.Num, data.RowCount);
        List<List<int>> sets = LabelSets.Of(data.Labels);
        List<int>[] small = [.. sets.Where(bag => (long)bag.Count * sets.Count < data.RowCount).OrderByDescending(bag => bag.Count)];
        if (small.Length == 0)
            return new Resampled(ResamplingRecipe.AppendClones(data, []), wanted, [NothingDone.EqualLabelSets]);
        if (wanted == 0)
            return new Resampled(ResamplingRecipe.AppendClones(data, []), 0, [Amount.WhyNone(options.Rate, options.Num, data.RowCount)]);

        int floorOfMean = data.RowCount / sets.Count;
        int[] quotas = BagQuotas.Of([.. small.Select(bag => floorOfMean - bag.Count)], wanted);
        var clones = new List<int>();
        for (int bag = 0; bag < small.Length; bag++)
        {
            for (int clone = 0; clone < quotas[bag]; clone++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                clones.Add(small[bag][random.NextInt(small[bag].Count)]);
            }
        }

        return new Resampled(ResamplingRecipe.AppendClones(data, [.. clones]), wanted, clones.Count == wanted ? [] :
            [FormattableString.Invariant($"{clones.Count} of {wanted} clones were made: more would give a label set more than the mean of {(double)data.RowCount / sets.Count:0.##} rows; ask for fewer")]);
    }
}
