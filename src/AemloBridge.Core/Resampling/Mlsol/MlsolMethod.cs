using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;
using AemloBridge.Resampling.Rows;

namespace AemloBridge.Resampling.Mlsol;

/// <summary>
/// MLSOL (Liu and Tsoumakas, ECML PKDD 2019): seeds where labels are locally imbalanced are drawn more often, and a new
/// row gets labels by how safe they are around its parents.
/// </summary>
/// <remarks>
/// The promotion of RARE entries looks at the neighbours' types, as the paper has it (Mulan looks them up at the wrong
/// index). The rarer value of a label that exactly half of the rows have is 1, as in Mulan. Distances to the parents are
/// measured from the row as it is written, whole numbers and nominal values included.
/// Random draws per new row: one uniform number for the seed, by cumulative weights in row order; one number below k for
/// the second parent, among its neighbours nearest first; then what <see cref="RowMaker"/> draws.
/// </remarks>
internal sealed class MlsolMethod : ResamplingMethod<MlsolOptions>
{
    /// <inheritdoc/>
    public override string Title => "MLSOL";

    /// <inheritdoc/>
    public override string Description => "Multi-label synthetic oversampling by local label distribution: new rows where rare values of labels lie among others";

    /// <inheritdoc/>
    public override string Source => "Liu, Tsoumakas: Synthetic oversampling of multi-label data based on local label distribution, ECML PKDD 2019";

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } = MlsolCatalogue.All;

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MlsolOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        int wanted = Amount.Of(options.Rate, options.Num, data.RowCount);
        if (wanted == 0)
            return Nothing(data, wanted, Amount.WhyNone(options.Rate, options.Num, data.RowCount));
        if (data.RowCount == 1)
            return Nothing(data, wanted, "nothing was done: a single row has no neighbours; give at least two");

        if (!NothingDone.HasLabels(data.Labels))
            return Nothing(data, wanted, NothingDone.NoLabel);
        if (data.Labels.PositiveCounts().All(count => count == 0 || count == data.RowCount))
            return Nothing(data, wanted, "nothing was done: each label has the same value in all rows, so no value is rarer than the other");

        var space = DistanceSpace.Overlap(data.Schema, data.Features);
        int[][] neighbours = Neighbours(data, space, options, cancellationToken);
        var classes = new LocalClasses(data.Labels, neighbours, cancellationToken);
        var weights = new WeightedRows(classes.Weights);
        if (weights.Total == 0)
            return Nothing(data, wanted, WhyWeightless(options.Neighbours >= data.RowCount - 1));

        (int[] seeds, int[] references, FeatureMatrix features) = Draw(data, neighbours, weights, wanted, random, cancellationToken);
        LabelMatrix labels = Labels(data, space, classes, seeds, references, features, options.Threads, cancellationToken);
        string[] warnings = [.. NewRows.RepairHierarchy(data.Schema, labels)];
        return new Resampled(ResamplingRecipe.Append(NewRows.Of(data, features, labels, seeds, references)), wanted, warnings);
    }

    private static string WhyWeightless(bool allAreNeighbours) =>
        "nothing was done: no row weighs anything, for around every row with the rarer value of a label all neighbours have that value or none has"
        + (allAreNeighbours ? ", and all other rows are neighbours already" : "; a larger --neighbours may change that");

    private static Resampled Nothing(MultiLabelDataset data, int wanted, string why) =>
        new(ResamplingRecipe.Append(SyntheticRows.None(data)), wanted, [why]);

    private static int[][] Neighbours(MultiLabelDataset data, DistanceSpace space, MlsolOptions options, CancellationToken cancellationToken)
    {
        using var search = new NeighbourSearch(space, data.Features, new NeighbourSearchOptions { Device = options.Device, Threads = options.Threads });
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        return [.. search.Find(all, null, options.Neighbours, cancellationToken).Select(found => found.Select(neighbour => neighbour.Row).ToArray())];
    }

    private static (int[] Seeds, int[] References, FeatureMatrix Features) Draw(
        MultiLabelDataset data, int[][] neighbours, WeightedRows weights, int count, SeededRandom random, CancellationToken cancellationToken)
    {
        var seeds = new int[count];
        var references = new int[count];
        var maker = new RowMaker(data);
        var features = new FeatureMatrixBuilder(data.Schema.FeatureCount, data.Features.IsSparse);
        for (int row = 0; row < count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seeds[row] = weights.Next(random);
            int[] nearest = neighbours[seeds[row]];
            references[row] = nearest[random.NextInt(nearest.Length)];
            maker.Append(features, seeds[row], references[row], random.NextDouble);
        }

        return (seeds, references, features.Build());
    }

    // Draws no numbers, so that rows can be done in any order.
    private static LabelMatrix Labels(
        MultiLabelDataset data, DistanceSpace space, LocalClasses classes, int[] seeds, int[] references, FeatureMatrix features, int threads, CancellationToken cancellationToken)
    {
        var transfer = new LabelTransfer(data.Labels, classes);
        var labels = new LabelMatrix(seeds.Length, data.Schema.LabelCount);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellationToken };
        Parallel.For(0, seeds.Length, parallel, row =>
        {
            double toSeed = space.Distance(features, row, data.Features, seeds[row]);
            double toReference = space.Distance(features, row, data.Features, references[row]);
            double cd = toSeed == 0 ? 0 : toSeed / (toSeed + toReference);
            transfer.Write(seeds[row], references[row], cd, labels.WritableRowWords(row));
        });
        return labels;
    }
}
