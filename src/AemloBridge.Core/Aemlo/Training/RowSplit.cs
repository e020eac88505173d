using AemloBridge.Randomness;

namespace AemloBridge.Aemlo.Training;

/// <summary>Which rows train the weights and which tune the thresholds.</summary>
/// <param name="Training">Ascending positions.</param>
/// <param name="Evaluation">Held-out rows, ascending; the training rows themselves when none are held out.</param>
/// <param name="IsHeldOut">Whether <paramref name="Evaluation"/> was held out.</param>
internal sealed record RowSplit(int[] Training, int[] Evaluation, bool IsHeldOut)
{
    /// <summary>A random share of the rows held out; at least one row stays for training.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="share">In [0, 1).</param>
    /// <param name="random">The stream for splits.</param>
    public static RowSplit Draw(int rowCount, double share, SeededRandom random)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        int heldOut = Math.Min((int)Math.Round(share * rowCount, MidpointRounding.AwayFromZero), rowCount - 1);
        if (heldOut <= 0)
            return new RowSplit(rows, rows, false);
        random.Shuffle<int>(rows);
        int[] evaluation = rows[..heldOut];
        int[] training = rows[heldOut..];
        Array.Sort(evaluation);
        Array.Sort(training);
        return new RowSplit(training, evaluation, true);
    }
}
