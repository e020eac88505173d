using AemloBridge.Data;

namespace AemloBridge.Resampling;

/// <summary>
/// What a resampling method does to a data set, as a recipe over the input: the original rows that stay, in order and
/// bit for bit, the labels edited in them, then clones of original rows, then new rows.
/// </summary>
/// <param name="KeptRows">Positions of the original rows that stay, ascending; null when all do.</param>
/// <param name="LabelEdits">Labels changed in the rows that stay; empty for most methods.</param>
/// <param name="CloneSources">Positions of the original rows to repeat, in order; empty for most methods.</param>
/// <param name="NewRows">Rows that did not exist before.</param>
public sealed record ResamplingRecipe(
    int[]? KeptRows,
    IReadOnlyList<LabelEdit> LabelEdits,
    int[] CloneSources,
    SyntheticRows NewRows)
{
    /// <summary>All originals kept as they are, followed by <paramref name="newRows"/>.</summary>
    public static ResamplingRecipe Append(SyntheticRows newRows) => new(null, [], [], newRows);

    /// <summary>All originals kept as they are, followed by clones of some.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="sources">Positions of the rows to repeat, in order.</param>
    public static ResamplingRecipe AppendClones(MultiLabelDataset data, int[] sources) => new(null, [], sources, SyntheticRows.None(data));

    /// <summary>Some of the originals, as they are.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="kept">Positions of the rows that stay, ascending.</param>
    public static ResamplingRecipe Keep(MultiLabelDataset data, int[] kept) => new(kept, [], [], SyntheticRows.None(data));

    /// <summary>How many rows there are in the end.</summary>
    /// <param name="inputRows">n.</param>
    public int RowCount(int inputRows) => (KeptRows?.Length ?? inputRows) + CloneSources.Length + NewRows.Count;

    /// <summary>True when nothing happens to the originals: none is left out, edited or repeated.</summary>
    public bool KeepsOriginals => KeptRows is null && LabelEdits.Count == 0 && CloneSources.Length == 0;

    /// <summary>The labels of all given rows with the edits made; the given matrix itself when there is none.</summary>
    /// <param name="labels">n × q bits of the data set the recipe was made for.</param>
    public LabelMatrix Edited(LabelMatrix labels)
    {
        if (LabelEdits.Count == 0)
            return labels;
        LabelMatrix edited = labels.SelectRows([.. Enumerable.Range(0, labels.RowCount)]);
        foreach (LabelEdit edit in LabelEdits)
            edited[edit.Row, edit.Label] = edit.Value;
        return edited;
    }

    /// <summary>The labels of the rows in the end: those kept, clones, new ones. A clone repeats its source as it was given, whatever is edited in it.</summary>
    /// <param name="labels">n × q bits of the data set the recipe was made for.</param>
    public LabelMatrix ApplyTo(LabelMatrix labels)
    {
        var result = new LabelMatrix(RowCount(labels.RowCount), labels.LabelCount);
        LabelMatrix edited = Edited(labels);
        int at = 0;
        foreach (int row in KeptRows ?? Enumerable.Range(0, labels.RowCount))
            result.CopyRowFrom(at++, edited, row);
        foreach (int row in CloneSources)
            result.CopyRowFrom(at++, labels, row);
        for (int row = 0; row < NewRows.Count; row++)
            result.CopyRowFrom(at++, NewRows.Labels, row);
        return result;
    }

    /// <summary>The data set in the end; without a source file.</summary>
    /// <param name="data">The data set the recipe was made for.</param>
    public MultiLabelDataset ApplyTo(MultiLabelDataset data)
    {
        int[] originals = [.. KeptRows ?? Enumerable.Range(0, data.RowCount), .. CloneSources];
        var features = new FeatureMatrixBuilder(data.Schema.FeatureCount, data.Features.IsSparse);
        foreach (int row in originals)
            features.AddRowOf(data.Features, row);
        for (int row = 0; row < NewRows.Count; row++)
            features.AddRowOf(NewRows.Features, row);
        double[]? weights = data.Weights is { } given
            ? [.. originals.Select(row => given[row]), .. NewRows.Weights ?? [.. NewRows.SeedRows.Select(row => given[row])]]
            : null;
        return new MultiLabelDataset(data.Schema, features.Build(), ApplyTo(data.Labels), weights);
    }
}
