using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

/// <summary>Rows on a line, whose distances can be read off: one feature, not scaled.</summary>
internal static class Line
{
    /// <summary>Rows given as their place and their labels, for example (2.5, "a").</summary>
    public static MultiLabelDataset Of(params (double Place, string Labels)[] rows)
    {
        char[] names = [.. rows.SelectMany(row => row.Labels).Distinct().Order().DefaultIfEmpty('a')];
        return TestData.Literal([DataAttribute.Numeric("x")], names.Length, [.. rows.Select(row => (double[])[row.Place, .. names.Select(name => row.Labels.Contains(name) ? 1.0 : 0.0)])]);
    }

    /// <summary>Searches among the rows.</summary>
    public static ClassNeighbours Neighbours(MultiLabelDataset data, CancellationToken token)
    {
        using var search = new NeighbourSearch(Space(data), data.Features);
        return ClassNeighbours.Find(search, data.Labels, 5, token);
    }

    public static DistanceSpace Space(MultiLabelDataset data) => DistanceSpace.Overlap(data.Schema, data.Features, scaleNumeric: false);

    /// <summary>The densities of the rows, and after more rows have been added.</summary>
    public static Densities Measure(MultiLabelDataset data, MlboteOptions options, CancellationToken token, params DrawnRow[] added)
    {
        using var search = new NeighbourSearch(Space(data), data.Features);
        ClassNeighbours neighbours = ClassNeighbours.Find(search, data.Labels, 5, token);
        LabelRoles roles = LabelRoles.Of(data.Labels, options.ImbalanceThreshold);
        var rows = new CurrentRows(data, data.Labels);
        var watch = new BorderWatch(Space(data), rows, neighbours, 1);
        Border[] borders = Border.Find(roles.Active, neighbours, options.BorderNeighbours, token);
        BorderDensities densities = BorderDensities.Start(rows, roles, borders, neighbours, watch, options, token);
        foreach (AddedRows block in rows.Append(added))
            watch.Include(block, token);
        return densities.Measure(data.RowCount, token);
    }
}
