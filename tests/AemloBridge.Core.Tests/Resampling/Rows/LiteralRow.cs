using AemloBridge.Data;

namespace AemloBridge.Tests.Resampling.Rows;

/// <summary>What a new row between two others holds, cell by cell as the specification says it.</summary>
internal static class LiteralRow
{
    /// <summary>A numeric cell; u is asked for only where both values exist and differ.</summary>
    public static double Number(MultiLabelDataset data, int column, int seed, int reference, Func<double> u)
    {
        double own = data.Features[seed, column];
        double other = data.Features[reference, column];
        if (double.IsNaN(own) || double.IsNaN(other) || own == other)
            return own;
        double[] given = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Features[row, column]).Where(value => !double.IsNaN(value))];
        double value = own + u() * (other - own);
        value = Math.Max(given.Min(), Math.Min(given.Max(), value));
        if (given.All(double.IsInteger))
            value = Math.Round(value, MidpointRounding.AwayFromZero);
        return value == 0 ? 0 : value;
    }

    /// <summary>A nominal cell that is one of two.</summary>
    public static double Either(MultiLabelDataset data, int column, int seed, int reference, Func<double> u)
    {
        double own = data.Features[seed, column];
        double other = data.Features[reference, column];
        if (double.IsNaN(own) || double.IsNaN(other) || own == other)
            return own;
        return u() < 0.5 ? own : other;
    }

    /// <summary>A nominal cell by the mode of the neighbours.</summary>
    public static double Mode(MultiLabelDataset data, int column, int seed, IEnumerable<int> neighbours)
    {
        double own = data.Features[seed, column];
        double[] votes = [.. neighbours.Select(row => data.Features[row, column]).Where(value => !double.IsNaN(value))];
        if (votes.Length == 0)
            return own;
        int most = votes.GroupBy(value => value).Max(group => group.Count());
        double[] tied = [.. votes.GroupBy(value => value).Where(group => group.Count() == most).Select(group => group.Key)];
        return tied.Contains(own) ? own : tied.Min();
    }
}
