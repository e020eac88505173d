using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Tests.Neighbours;
using AemloBridge.Tests.Resampling.Rows;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlsmote;

/// <summary>MLSMOTE from its specification: loops over everything.</summary>
internal static class LiteralMlsmote
{
    public static LiteralRows Make(MultiLabelDataset data, MlsmoteOptions options, SeededRandom random)
    {
        var pairs = new List<(int Label, int Seed)>();
        for (int label = 0; label < data.Schema.LabelCount; label++)
        {
            int[] bag = Bag(data, label);
            if (Literal.IsMinority(data, label) && bag.Length > 1)
                pairs.AddRange(bag.Select(row => (label, row)));
        }

        var made = new LiteralRows();
        if (pairs.Count == 0)
            return made;
        foreach ((int label, int seed) in Chosen(pairs, options.Num ?? pairs.Count, random))
        {
            var distances = new LiteralNeighbours(data, vdmLabel: options.NominalDistance == NominalDistance.Vdm ? label : null);
            int[] neighbours = [.. distances.Nearest(data.Features, seed, Bag(data, label), options.Neighbours).Select(neighbour => neighbour.Row)];
            int reference = neighbours[random.NextInt(neighbours.Length)];
            made.Seeds.Add(seed);
            made.References.Add(reference);
            made.Features.Add([.. Enumerable.Range(0, data.Schema.FeatureCount).Select(column => data.Schema.Features[column].IsNominal
                ? LiteralRow.Mode(data, column, seed, neighbours)
                : LiteralRow.Number(data, column, seed, reference, random.NextDouble))]);
            made.Labels.Add([.. Enumerable.Range(0, data.Schema.LabelCount).Select(other => HasLabel(data, options.LabelRule, [seed, .. neighbours], other))]);
        }

        return made;
    }

    private static int[] Bag(MultiLabelDataset data, int label) => [.. Literal.AllRows(data).Where(row => data.Labels[row, label])];

    /// <summary>All pairs as often as they fit, then a random part of them in their order.</summary>
    private static List<(int Label, int Seed)> Chosen(List<(int Label, int Seed)> pairs, int wanted, SeededRandom random)
    {
        var chosen = new List<(int, int)>();
        while (wanted - chosen.Count >= pairs.Count)
            chosen.AddRange(pairs);
        if (chosen.Count == wanted)
            return chosen;
        int[] order = [.. Enumerable.Range(0, pairs.Count)];
        random.Shuffle<int>(order);
        chosen.AddRange(order.Take(wanted - chosen.Count).Order().Select(at => pairs[at]));
        return chosen;
    }

    private static bool HasLabel(MultiLabelDataset data, LabelRule rule, int[] rows, int label)
    {
        int votes = rows.Count(row => data.Labels[row, label]);
        return rule switch
        {
            LabelRule.Ranking => votes > rows.Length / 2.0,
            LabelRule.Union => votes > 0,
            _ => votes == rows.Length,
        };
    }
}
