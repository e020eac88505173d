using AemloBridge.Neighbours;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.Mltl;

/// <summary>Finds the rows that multi-label Tomek links take away.</summary>
/// <param name="search">Over the given rows, by features.</param>
/// <param name="distance">Of label sets.</param>
/// <param name="threshold">TH: label sets differ above it.</param>
/// <param name="count">k.</param>
internal sealed class TomekLinks(NeighbourSearch search, LabelSetDistance distance, double threshold, int count)
{
    /// <summary>Rows with a majority and without a minority label that are neighbours, one of the other, of a row with a minority label and with different labels.</summary>
    /// <param name="hasMinority">For each row.</param>
    /// <param name="hasMajority">For each row.</param>
    /// <param name="cancellationToken">Honoured during the searches.</param>
    public HashSet<int> Mutual(bool[] hasMinority, bool[] hasMajority, CancellationToken cancellationToken)
    {
        int[] rare = Flagged(hasMinority);
        Neighbour[][] ofRare = search.Find(rare, null, count, cancellationToken);
        var pairs = new List<(int Rare, int Frequent)>();
        for (int at = 0; at < rare.Length; at++)
        {
            foreach (Neighbour neighbour in ofRare[at])
            {
                if (hasMajority[neighbour.Row] && !hasMinority[neighbour.Row] && Differ(rare[at], neighbour.Row))
                    pairs.Add((rare[at], neighbour.Row));
            }
        }

        // Only the rows that may go are searched from, not all.
        int[] frequent = [.. pairs.Select(pair => pair.Frequent).Distinct().Order()];
        Neighbour[][] ofFrequent = search.Find(frequent, null, count, cancellationToken);
        var places = frequent.Index().ToDictionary(row => row.Item, row => row.Index);
        return [.. pairs.Where(pair => Array.Exists(ofFrequent[places[pair.Frequent]], neighbour => neighbour.Row == pair.Rare)).Select(pair => pair.Frequent)];
    }

    /// <summary>Rows with a majority label at least half of whose neighbours, and one at least, have different labels.</summary>
    /// <param name="hasMajority">For each row.</param>
    /// <param name="isProtected">Rows that stay in any case.</param>
    /// <param name="cancellationToken">Honoured during the search.</param>
    public HashSet<int> Voted(bool[] hasMajority, bool[] isProtected, CancellationToken cancellationToken)
    {
        int[] rows = Flagged([.. hasMajority.Zip(isProtected, (majority, kept) => majority && !kept)]);
        Neighbour[][] found = search.Find(rows, null, count, cancellationToken);
        var dropped = new HashSet<int>();
        for (int at = 0; at < rows.Length; at++)
        {
            int votes = found[at].Count(neighbour => Differ(rows[at], neighbour.Row));
            if (votes > 0 && 2 * votes >= found[at].Length)
                dropped.Add(rows[at]);
        }

        return dropped;
    }

    private bool Differ(int row, int other) => distance.Between(row, other) > threshold;

    private static int[] Flagged(bool[] flags) => [.. flags.Index().Where(flag => flag.Item).Select(flag => flag.Index)];
}
