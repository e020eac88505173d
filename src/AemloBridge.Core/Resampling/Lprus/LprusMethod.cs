using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Lpros;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Lprus;

/// <summary>
/// LPRUS (Charte et al., HAIS 2013): rows are grouped by their whole label set; groups larger than the mean size m̄, the
/// smallest first, give up random rows, but never so many that they fall below m̄. Each gives an equal share, and what a
/// group cannot give is spread over the groups after it.
/// </summary>
/// <remarks>
/// Shares are whole numbers (<see cref="BagQuotas"/>); groups of one size come in the order of their first rows. Random
/// draws: group by group, per removal one number below the rows left in the group, the position among them, ascending.
/// </remarks>
internal sealed class LprusMethod : ResamplingMethod<LprusOptions>
{
    /// <inheritdoc/>
    public override string Title => "LPRUS";

    /// <inheritdoc/>
    public override string Description => "Label powerset random undersampling: takes away random rows of frequent label sets";

    /// <inheritdoc/>
    public override string Source => LprosMethod.Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = AmountOptionsOf<LprusOptions>.Removed(LprosMethod.Paper);

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, LprusOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        int wanted = Amount.Of(options.Rate, options.Num, data.RowCount);
        List<List<int>> sets = LabelSets.Of(data.Labels);
        List<int>[] large = [.. sets.Where(bag => (long)bag.Count * sets.Count > data.RowCount).OrderBy(bag => bag.Count)];
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        if (large.Length == 0)
            return new Resampled(ResamplingRecipe.Keep(data, all), wanted, [NothingDone.EqualLabelSets]);
        if (wanted == 0)
            return new Resampled(ResamplingRecipe.Keep(data, all), 0, [Amount.WhyNone(options.Rate, options.Num, data.RowCount)]);

        int ceilingOfMean = (data.RowCount + sets.Count - 1) / sets.Count;
        int[] quotas = BagQuotas.Of([.. large.Select(bag => bag.Count - ceilingOfMean)], wanted);
        var removed = new HashSet<int>();
        for (int bag = 0; bag < large.Length; bag++)
        {
            for (int removal = 0; removal < quotas[bag]; removal++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int at = random.NextInt(large[bag].Count);
                removed.Add(large[bag][at]);
                large[bag].RemoveAt(at);
            }
        }

        return new Resampled(ResamplingRecipe.Keep(data, [.. all.Where(row => !removed.Contains(row))]), wanted, removed.Count == wanted ? [] :
            [FormattableString.Invariant($"{removed.Count} of {wanted} rows were taken away: more would leave a label set with less than the mean of {(double)data.RowCount / sets.Count:0.##} rows; ask for fewer")]);
    }
}
