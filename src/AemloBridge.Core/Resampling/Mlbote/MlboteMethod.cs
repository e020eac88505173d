using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// MLBOTE (Teng et al., Pattern Recognition 145, 2024): clears labels that are noise, finds each label's border, and makes
/// rows at positive border rows where they lie sparse (self-borderline), at negative border rows that lie too sparse for
/// the positive ones (cross-borderline), and inside small disjuncts (interior). A new row lies between a row and one of the
/// nearest rows with the same labels, and has these labels.
/// </summary>
/// <remarks>
/// Random numbers, in this order: for each loop the draws of the self-borderline and then of the cross-borderline stage,
/// after the loops those of the interior stage, label by label; per draw as <see cref="SeedDraw"/> says. A given data set
/// is never changed: cleared labels are edits of the recipe.
/// </remarks>
internal sealed class MlboteMethod : ResamplingMethod<MlboteOptions>
{
    /// <summary>The widest range of a column whose squared differences, summed over columns and rows, stay far below what float64 holds.</summary>
    private const double WidestUnscaled = 1e100;

    /// <inheritdoc/>
    public override string Title => "MLBOTE";

    /// <inheritdoc/>
    public override string Description => "Multi-label borderline oversampling: clears noisy labels and makes rows at the borders of labels and inside small groups of rare ones";

    /// <inheritdoc/>
    public override string Source => "Teng et al., Multi-label borderline oversampling technique, Pattern Recognition 145, 2024";

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options => MlboteCatalogue.All;

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, MlboteOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        if (!options.ScaleNumeric)
            RequireModestRanges(data);
        var space = DistanceSpace.Overlap(data.Schema, data.Features, options.ScaleNumeric);
        using var search = new NeighbourSearch(space, data.Features, new NeighbourSearchOptions { Device = options.Device, Threads = options.Threads });
        int most = Math.Max(options.NoiseNeighbours, Math.Max(options.Neighbours, options.BorderNeighbours));
        ClassNeighbours given = ClassNeighbours.Find(search, data.Labels, most, cancellationToken);
        LabelEdit[] cleared = NoiseClearing.Find(data.Schema, data.Labels, given, options, cancellationToken);
        LabelMatrix labels = Cleared(data.Labels, cleared);
        var run = new MlboteRun(data, labels, space, search, given.With(labels), options, random, cancellationToken);
        SyntheticRows made = run.MakeRows(cancellationToken);
        IReadOnlyList<string> warnings = NothingDone.HasLabels(data.Labels) ? MlboteWarnings.Of(run.Stages, cleared.Length) : [NothingDone.NoLabel];
        return new Resampled(new ResamplingRecipe(null, cleared, [], made), run.Stages.Sum(stage => stage.Asked), warnings);
    }

    private static LabelMatrix Cleared(LabelMatrix labels, LabelEdit[] edits)
    {
        LabelMatrix cleared = labels.SelectRows([.. Enumerable.Range(0, labels.RowCount)]);
        foreach (LabelEdit edit in edits)
            cleared[edit.Row, edit.Label] = edit.Value;
        return cleared;
    }

    private static void RequireModestRanges(MultiLabelDataset data)
    {
        ColumnStatistics[] columns = ColumnStatistics.Collect(data.Schema.Features, data.Features);
        int wide = Array.FindIndex(columns, column => column.Maximum - column.Minimum > WidestUnscaled);
        if (wide >= 0)
            throw new AemloInputException(FormattableString.Invariant($"attribute '{data.Schema.Features[wide].Name}' spans more than {WidestUnscaled:g}, too much for distances of values as they are; leave scale-numeric on"));
    }
}
