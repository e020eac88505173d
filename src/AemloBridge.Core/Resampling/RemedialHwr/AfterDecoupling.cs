using AemloBridge.Data;

namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>Puts the recipe of REMEDIAL and that of a second step over the decoupled rows together into one over the given rows.</summary>
internal static class AfterDecoupling
{
    /// <summary>One recipe for both steps.</summary>
    /// <param name="data">The given rows, n of them.</param>
    /// <param name="first">REMEDIAL's recipe: label edits and new rows alone.</param>
    /// <param name="decoupled">What it makes of the given rows.</param>
    /// <param name="second">Over the decoupled rows, without label edits.</param>
    /// <returns>
    /// The given rows that stay, edited; clones of rows that were not decoupled; then as new rows the halves that stay, in
    /// order, clones of decoupled rows, in order, and the second step's new rows. Parents are given rows throughout.
    /// </returns>
    public static ResamplingRecipe Combine(MultiLabelDataset data, ResamplingRecipe first, MultiLabelDataset decoupled, ResamplingRecipe second)
    {
        int n = data.RowCount;
        HashSet<int> edited = [.. first.LabelEdits.Select(edit => edit.Row)];
        int[] kept = second.KeptRows ?? [.. Enumerable.Range(0, decoupled.RowCount)];
        int[] given = [.. kept.Where(row => row < n)];
        HashSet<int> stays = [.. given];
        int[] rows = [.. kept.Where(row => row >= n), .. second.CloneSources.Where(row => !AsGiven(row))];
        MultiLabelDataset copies = decoupled.SelectRows(rows);
        SyntheticRows added = second.NewRows with
        {
            SeedRows = [.. second.NewRows.SeedRows.Select(Source)],
            NeighbourRows = second.NewRows.NeighbourRows is { } neighbours ? [.. neighbours.Select(Source)] : null,
        };
        return new ResamplingRecipe(
            given.Length == n ? null : given,
            [.. first.LabelEdits.Where(edit => stays.Contains(edit.Row))],
            [.. second.CloneSources.Where(AsGiven)],
            SyntheticRows.Concatenate(new SyntheticRows(copies.Features, copies.Labels, copies.Weights, [.. rows.Select(Source)], null), added));

        bool AsGiven(int row) => row < n && !edited.Contains(row);

        int Source(int row) => row < n ? row : first.NewRows.SeedRows[row - n];
    }
}
