using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// The border of one label, found once, on the original rows: the negatives nearest to positives, and the positives
/// nearest to these.
/// </summary>
/// <param name="Label">The label.</param>
/// <param name="Positives">BT_j, ascending.</param>
/// <param name="Negatives">BR_j, ascending.</param>
/// <param name="NearNegatives">For each border negative its kb nearest rows with the label, nearest first.</param>
internal sealed record Border(int Label, int[] Positives, int[] Negatives, Neighbour[][] NearNegatives)
{
    /// <summary>The borders of the active labels, in their order.</summary>
    /// <param name="active">A.</param>
    /// <param name="neighbours">Searches among the original rows.</param>
    /// <param name="count">kb.</param>
    /// <param name="cancellationToken">Honoured block by block.</param>
    public static Border[] Find(int[] active, ClassNeighbours neighbours, int count, CancellationToken cancellationToken)
    {
        int[][] positives = Array.ConvertAll(active, neighbours.Positives);
        int[][] negatives = Array.ConvertAll(Lists(positives, positive: false), lists => Rows(lists, count));
        Neighbour[][][] nearNegatives = Lists(negatives, positive: true);
        // Of the positives one fewer than there are, as the authors' code has it.
        return [.. active.Select((label, at) =>
            new Border(label, Rows(nearNegatives[at], Math.Min(count, positives[at].Length - 1)), negatives[at], nearNegatives[at]))];

        Neighbour[][][] Lists(int[][] rows, bool positive)
        {
            ClassQuery[] queries = [.. active.SelectMany((label, at) => rows[at].Select(row => new ClassQuery(row, label, positive, count)))];
            Neighbour[][] found = neighbours.Find(queries, cancellationToken);
            int start = 0;
            return Array.ConvertAll(rows, own => found[start..(start += own.Length)]);
        }
    }

    private static int[] Rows(Neighbour[][] lists, int count) =>
        [.. lists.SelectMany(list => list.Take(count)).Select(neighbour => neighbour.Row).Distinct().Order()];
}
