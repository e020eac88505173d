using AemloBridge.Data;
using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlsmote;

/// <summary>The rows of one minority label, each with its nearest rows among the others.</summary>
/// <param name="Label">The label.</param>
/// <param name="Rows">Its rows, ascending; two or more.</param>
/// <param name="Neighbours">For each of them its neighbours, nearest first: k, or all others where there are fewer.</param>
internal sealed record MinorityBag(int Label, int[] Rows, int[][] Neighbours)
{
    /// <summary>Searches the neighbours of all bags.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="bags">Labels with their rows.</param>
    /// <param name="options">How many neighbours, and by which distance.</param>
    /// <param name="cancellationToken">Honoured during the searches.</param>
    public static MinorityBag[] Search(MultiLabelDataset data, IReadOnlyList<(int Label, int[] Rows)> bags, MlsmoteOptions options, CancellationToken cancellationToken)
    {
        var space = DistanceSpace.Overlap(data.Schema, data.Features);
        var how = new NeighbourSearchOptions { Device = options.Device, Threads = options.Threads };
        return options.NominalDistance == NominalDistance.Vdm && space.HasNominal
            ? [.. bags.Select(bag => One(data, space.ForLabel(data.Labels, bag.Label), bag, options.Neighbours, how, cancellationToken))]
            : Together(data, space, bags, options.Neighbours, how, cancellationToken);
    }

    // VDM is another metric for every label, so that no distance serves two bags.
    private static MinorityBag One(MultiLabelDataset data, DistanceSpace space, (int Label, int[] Rows) bag, int k, NeighbourSearchOptions how, CancellationToken cancellationToken)
    {
        using var search = new NeighbourSearch(space, data.Features, how);
        return new MinorityBag(bag.Label, bag.Rows, [.. search.Find(bag.Rows, bag.Rows, k, cancellationToken).Select(Indices)]);
    }

    private static MinorityBag[] Together(MultiLabelDataset data, DistanceSpace space, IReadOnlyList<(int Label, int[] Rows)> bags, int k, NeighbourSearchOptions how, CancellationToken cancellationToken)
    {
        using var search = new NeighbourSearch(space, data.Features, how);
        Neighbour[][] found = search.Find([.. bags.SelectMany(bag => bag.Rows, (bag, row) => new NeighbourQuery(row, bag.Rows, k))], cancellationToken);
        var searched = new MinorityBag[bags.Count];
        int start = 0;
        for (int at = 0; at < searched.Length; at++)
        {
            (int label, int[] rows) = bags[at];
            searched[at] = new MinorityBag(label, rows, [.. found[start..(start + rows.Length)].Select(Indices)]);
            start += rows.Length;
        }

        return searched;
    }

    private static int[] Indices(Neighbour[] neighbours) => [.. neighbours.Select(neighbour => neighbour.Row)];
}
