using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Options;
using AemloBridge.Resampling.Rows;

namespace AemloBridge.Resampling.Mlsmote;

/// <summary>
/// MLSMOTE (Charte et al., Knowledge-Based Systems 89, 2015, Algorithm 1): for every row of every minority label a new row
/// between it and a random one of its k nearest rows with that label.
/// </summary>
/// <remarks>
/// Bags, distances and MeanIR are those of the given rows: new rows never become seeds. Labels with a single row are left
/// out. Ranking is the paper's strict majority of seed and neighbours (Mulan sets a label that half of them have); the
/// mode of nominal values is taken over the neighbours without the seed (Mulan: with it).
/// A given number of rows goes round all (label, row) pairs as often as it covers them, and takes the rest at random.
/// Random draws: where there is a rest, first a shuffle of all pairs, whose first ones are taken, in the order of the
/// pairs; then per new row one number below the number of neighbours, and what <see cref="RowMaker"/> draws.
/// </remarks>
internal sealed class MlsmoteMethod : ResamplingMethod<MlsmoteOptions>
{
    /// <inheritdoc/>
    public override string Title => "MLSMOTE";

    /// <inheritdoc/>
    public override string Description => "Multi-label SMOTE: new rows between each row of a minority label and one of its neighbours with that label";

    /// <inheritdoc/>
    public override string Source => "Charte, Rivera, del Jesus, Herrera: MLSMOTE, Knowledge-Based Systems 89, 2015";

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = MlsmoteCatalogue.All;

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MlsmoteOptions options, SeededRandom random, CancellationToken cancellationToken) =>
        Oversample(data, options, random, cancellationToken);

    /// <summary>Makes the new rows, also for methods of which this is a part.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">Options within their ranges; the seed is not read.</param>
    /// <param name="random">Where numbers are drawn from.</param>
    /// <param name="cancellationToken">Checked before each new row, and during the searches.</param>
    internal static Resampled Oversample(MultiLabelDataset data, MlsmoteOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        bool[] minority = ImbalanceMeasures.MinorityLabels(data.Labels);
        List<int>[] all = LabelBags.Of(data.Labels);
        (int Label, int[] Rows)[] bags = [.. all.Index().Where(bag => minority[bag.Index] && bag.Item.Count > 1).Select(bag => (bag.Index, bag.Item.ToArray()))];
        if (WhyNothing(data.Labels, minority, bags.Length, options) is { } reason)
            return new Resampled(ResamplingRecipe.Append(SyntheticRows.None(data)), options.Num ?? 0, [reason]);

        MinorityBag[] searched = MinorityBag.Search(data, bags, options, cancellationToken);
        int[] pairs = Pairs(bags.Sum(bag => bag.Rows.Length), options.Num, random);
        (SyntheticRows rows, string[] warnings) = Make(data, searched, pairs, options.LabelRule, random, cancellationToken);
        int alone = minority.Count(isMinority => isMinority) - bags.Length;
        string[] left = alone == 0 ? [] : [$"{alone} minority {(alone == 1 ? "label" : "labels")} with a single row got no new rows: there is no second row to interpolate with; mlros can repeat it"];
        return new Resampled(ResamplingRecipe.Append(rows), pairs.Length, [.. left, .. warnings]);
    }

    private static string? WhyNothing(LabelMatrix labels, bool[] minority, int bags, MlsmoteOptions options)
    {
        if (!minority.Contains(true))
            return NothingDone.NoMinorityLabel(labels);
        if (bags == 0)
            return "nothing was done: every minority label has a single row, and there is no second one to interpolate with; mlros can repeat it";
        return options.Num == 0 ? Amount.WhyNone(0, 0, 0) : null;
    }

    /// <summary>The pairs to make rows of, as positions among all (label, row) pairs.</summary>
    private static int[] Pairs(int count, int? num, SeededRandom random)
    {
        int wanted = num ?? count;
        int[] all = [.. Enumerable.Range(0, count)];
        var pairs = new int[wanted];
        int rest = wanted % count;
        for (int at = 0; at < wanted - rest; at++)
            pairs[at] = at % count;
        if (rest > 0)
        {
            random.Shuffle<int>(all);
            Array.Sort(all, 0, rest);
            all.AsSpan(0, rest).CopyTo(pairs.AsSpan(wanted - rest));
        }

        return pairs;
    }

    private static (SyntheticRows Rows, string[] Warnings) Make(MultiLabelDataset data, MinorityBag[] bags, int[] pairs, LabelRule rule, SeededRandom random, CancellationToken cancellationToken)
    {
        (int Seed, int[] Neighbours)[] parents = [.. bags.SelectMany(bag => bag.Rows.Zip(bag.Neighbours))];
        var maker = new RowMaker(data);
        var vote = new LabelVote(data.Labels, rule);
        var features = new FeatureMatrixBuilder(data.Schema.FeatureCount, data.Features.IsSparse);
        var labels = new LabelMatrix(pairs.Length, data.Schema.LabelCount);
        var references = new int[pairs.Length];
        for (int row = 0; row < pairs.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int seed, int[] neighbours) = parents[pairs[row]];
            references[row] = neighbours[random.NextInt(neighbours.Length)];
            maker.AppendVoted(features, seed, references[row], neighbours, random.NextDouble);
            vote.Write(seed, neighbours, labels.WritableRowWords(row));
        }

        string[] warnings = [.. NewRows.RepairHierarchy(data.Schema, labels)];
        return (NewRows.Of(data, features.Build(), labels, [.. pairs.Select(pair => parents[pair].Seed)], references), warnings);
    }
}
