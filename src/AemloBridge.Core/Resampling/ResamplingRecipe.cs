namespace AemloBridge.Resampling;

/// <summary>
/// What a resampling method does to a data set, as a recipe over the input: the original rows that stay, in order and
/// bit for bit, the labels edited in them, then clones of original rows, then new rows.
/// </summary>
/// <param name="KeptRows">Positions of the original rows that stay, ascending; null when all do.</param>
/// <param name="LabelEdits">Labels changed in the rows that stay; empty for AEMLO.</param>
/// <param name="CloneSources">Positions of the original rows to repeat, in order; empty for AEMLO.</param>
/// <param name="NewRows">Rows that did not exist before.</param>
public sealed record ResamplingRecipe(
    int[]? KeptRows,
    IReadOnlyList<LabelEdit> LabelEdits,
    int[] CloneSources,
    SyntheticRows NewRows)
{
    /// <summary>All originals kept as they are, followed by <paramref name="newRows"/>.</summary>
    public static ResamplingRecipe Append(SyntheticRows newRows) => new(null, [], [], newRows);
}
