using AemloBridge.Data;

namespace AemloBridge.Aemlo.Models;

/// <summary>M: the rows that new ones may be made from.</summary>
/// <param name="Data">Their values, labels and weights.</param>
/// <param name="Positions">Where each stood in the given data set.</param>
public sealed record SeedPool(MultiLabelDataset Data, int[] Positions)
{
    /// <summary>|M|.</summary>
    public int Count => Positions.Length;

    /// <summary>The rows of a data set that have a minority label.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="minority">One flag per label.</param>
    public static SeedPool From(MultiLabelDataset data, IReadOnlyList<bool> minority)
    {
        int[] positions = Imbalance.ImbalanceMeasures.MinorityRows(data.Labels, minority);
        return new SeedPool(data.SelectRows(positions), positions);
    }
}
