using AemloBridge.Data;

namespace AemloBridge.Tests.Neighbours;

/// <summary>Distances and nearest rows as they are defined, on cells read one by one: every pair measured, everything sorted.</summary>
internal sealed class LiteralNeighbours(MultiLabelDataset data, bool scaleNumeric = true, int? vdmLabel = null)
{
    private readonly double[] _minimum = Ends(data, values => values.Min());
    private readonly double[] _maximum = Ends(data, values => values.Max());

    public double SquaredDistance(FeatureMatrix a, int rowA, FeatureMatrix b, int rowB)
    {
        double sum = 0;
        for (int column = 0; column < data.Schema.FeatureCount; column++)
        {
            double delta = Delta(column, a[rowA, column], b[rowB, column]);
            sum += delta * delta;
        }

        return sum;
    }

    public (int Row, double SquaredDistance)[] Nearest(FeatureMatrix rows, int query, IEnumerable<int> candidates, int k) =>
        [.. candidates.Where(row => row != query)
            .Select(row => (Row: row, SquaredDistance: SquaredDistance(rows, query, rows, row)))
            .OrderBy(pair => pair.SquaredDistance)
            .ThenBy(pair => pair.Row)
            .Take(k)];

    private double Delta(int column, double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return 1;
        if (data.Schema.Features[column].IsNominal)
            return vdmLabel is int label ? Math.Abs(Share(column, x, label) - Share(column, y, label)) : x == y ? 0 : 1;
        if (!scaleNumeric)
            return Math.Abs(x - y);
        return _minimum[column] == _maximum[column] ? 0 : Math.Abs(x - y) / (_maximum[column] - _minimum[column]);
    }

    private double Share(int column, double value, int label)
    {
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(row => data.Features[row, column] == value)];
        return rows.Length == 0 ? 0 : (double)rows.Count(row => data.Labels[row, label]) / rows.Length;
    }

    private static double[] Ends(MultiLabelDataset data, Func<IEnumerable<double>, double> end) =>
        [.. Enumerable.Range(0, data.Schema.FeatureCount)
            .Select(column => Enumerable.Range(0, data.RowCount).Select(row => data.Features[row, column]).Where(value => !double.IsNaN(value)))
            .Select(values => values.Any() ? end(values) : 0)];
}
