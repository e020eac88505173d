using AemloBridge.Data;

namespace AemloBridge.Tests.Resampling.Mlbote;

/// <summary>Rows as arrays of cells with all their pairwise distances, original rows first; measures by the definition and makes rows by it.</summary>
internal sealed class LiteralSpace
{
    private readonly DatasetSchema _schema;
    private readonly bool _scaled;
    private readonly double[] _minimum;
    private readonly double[] _maximum;
    private readonly bool[] _whole;
    private readonly List<double[]> _squares = [];

    public LiteralSpace(MultiLabelDataset data, bool scaled)
    {
        _schema = data.Schema;
        _scaled = scaled;
        int columns = data.Schema.FeatureCount;
        _minimum = new double[columns];
        _maximum = new double[columns];
        _whole = new bool[columns];
        for (int column = 0; column < columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Features[row, column]).Where(value => !double.IsNaN(value))];
            _minimum[column] = values.DefaultIfEmpty(double.NaN).Min();
            _maximum[column] = values.DefaultIfEmpty(double.NaN).Max();
            _whole[column] = values.All(value => value == Math.Floor(value));
        }

        for (int row = 0; row < data.RowCount; row++)
            Add([.. Enumerable.Range(0, columns).Select(column => data.Features[row, column])]);
    }

    public List<double[]> Cells { get; } = [];

    public int Count => Cells.Count;

    public void Add(double[] cells)
    {
        Cells.Add(cells);
        _squares.Add([.. Cells.Select(other => Square(cells, other))]);
    }

    /// <summary>D.</summary>
    public double Distance(int a, int b) => Math.Sqrt(_squares[Math.Max(a, b)][Math.Min(a, b)]);

    /// <summary>kNN(i, S, k).</summary>
    public int[] Nearest(int row, IEnumerable<int> among, int k) =>
        [.. among.Where(other => other != row).OrderBy(other => _squares[Math.Max(row, other)][Math.Min(row, other)]).ThenBy(other => other).Take(k)];

    /// <summary>A row u of the way from a seed to a reference row.</summary>
    public double[] Between(int seed, int reference, double u)
    {
        double[] cells = [.. Cells[seed]];
        for (int column = 0; column < cells.Length; column++)
        {
            double other = Cells[reference][column];
            if (double.IsNaN(cells[column]) || double.IsNaN(other))
                continue;
            if (_schema.Features[column].IsNominal)
            {
                cells[column] = u < 0.5 ? cells[column] : other;
                continue;
            }

            double value = Math.Min(Math.Max(cells[column] + u * (other - cells[column]), _minimum[column]), _maximum[column]);
            cells[column] = _whole[column] ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
        }

        return cells;
    }

    private double Square(double[] a, double[] b)
    {
        double sum = 0;
        for (int column = 0; column < a.Length; column++)
        {
            double delta = Delta(column, a[column], b[column]);
            sum += delta * delta;
        }

        return sum;
    }

    private double Delta(int column, double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return 1;
        if (_schema.Features[column].IsNominal)
            return x == y ? 0 : 1;
        if (!_scaled)
            return Math.Abs(x - y);
        return _maximum[column] == _minimum[column] ? 0 : Math.Abs(x - y) / (_maximum[column] - _minimum[column]);
    }
}
