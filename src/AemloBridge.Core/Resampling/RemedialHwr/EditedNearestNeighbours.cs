using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Neighbours;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>
/// MLeNN (Charte et al., MLeNN: A first approach to heuristic multilabel undersampling, IDEAL 2014): a row without a
/// minority label is taken away when at least half of its k nearest neighbours differ from it in their labels.
/// </summary>
/// <remarks>
/// Two rows differ when the labels that only one of them has, divided by the labels of both (those of each counted), exceed
/// a threshold; two rows without labels do not differ. Rows are judged by all the others, also by those that are taken away
/// themselves. Where there are fewer than k other rows, half of those decide. Draws no random numbers.
/// </remarks>
internal static class EditedNearestNeighbours
{
    /// <summary>k in the paper.</summary>
    public const int DefaultNeighbours = 3;

    /// <summary>The threshold in the paper.</summary>
    public const double DefaultDifference = 0.75;

    /// <summary>Chooses the rows that stay.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="neighbours">k.</param>
    /// <param name="difference">The threshold.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancellationToken">Honoured by the search.</param>
    public static Resampled Resample(MultiLabelDataset data, int neighbours, double difference, NeighbourSearchOptions options, CancellationToken cancellationToken)
    {
        HashSet<int> spared = [.. ImbalanceMeasures.MinorityRows(data.Labels, ImbalanceMeasures.MinorityLabels(data.Labels))];
        int[] judged = [.. Enumerable.Range(0, data.RowCount).Where(row => !spared.Contains(row))];
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features, options);
        Neighbour[][] nearest = search.Find(judged, null, neighbours, cancellationToken);
        var distance = new LabelSetDistance(data.Labels, jaccard: false);
        HashSet<int> removed = [];
        for (int at = 0; at < judged.Length; at++)
        {
            int differing = nearest[at].Count(neighbour => distance.Between(judged[at], neighbour.Row) > difference);
            if (differing > 0 && 2 * differing >= nearest[at].Length)
                removed.Add(judged[at]);
        }

        int[] kept = [.. Enumerable.Range(0, data.RowCount).Where(row => !removed.Contains(row))];
        return new Resampled(ResamplingRecipe.Keep(data, kept), removed.Count, removed.Count > 0 ? [] :
            ["no row was taken away: each has a minority label or neighbours with similar labels"]);
    }
}
