using AemloBridge.Data;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>
/// Squared distances as inner products: d²(q, r) = N(q) + N(r) + Σ A_f(q)·B_f(r) over factors f, of which a column has
/// <list type="bullet">
/// <item>one for a number v (a numeric value over its range, P_j of a nominal value, or 0 and 1): A = −2v, B = v, N = v²;</item>
/// <item>two more where values are missing (m = 1, v = 0): A = −v² with B = m, and A = −m with B = v² + m; N = v² + m;</item>
/// <item>under overlap one per value but the first, and one for "not the first": A = −1, B = 1, N = 1; a missing value has the latter alone.</item>
/// </list>
/// </summary>
/// <remarks>
/// Differences do not change when a column's numbers are moved. Centred, they are moved to the middle of the original
/// range, which keeps products small; otherwise what is absent from a sparse row has no entry.
/// </remarks>
internal sealed class ProductForm
{
    /// <summary>Whole numbers beyond this may have been rounded.</summary>
    private const double WholeLimit = 1L << 52;

    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly bool _centred;
    private readonly Layout[] _layouts;
    private readonly int[] _first;
    private readonly double[] _centres;

    /// <summary>The form for some rows.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">All rows that will be coded.</param>
    /// <param name="centred">Whether numbers are moved to the middle of their range.</param>
    public ProductForm(DistanceSpace space, FeatureMatrix rows, bool centred)
    {
        _space = space;
        _rows = rows;
        _centred = centred;
        int columns = space.ColumnCount;
        _layouts = new Layout[columns];
        _first = new int[columns];
        _centres = new double[columns];
        bool[] gaps = ColumnsWithGaps(rows);
        for (int column = 0; column < columns; column++)
        {
            int values = space.Table(column) is { Length: 0 } ? space.Statistics[column].ValueCounts.Length : 0;
            bool categories = values > 2 || (values > 0 && gaps[column]);
            _layouts[column] = categories ? Layout.Categories : gaps[column] ? Layout.NumberWithGaps : Layout.Number;
            _first[column] = FactorCount;
            FactorCount += categories ? Math.Max(values, 1) : gaps[column] ? 3 : 1;
            if (centred && space.Table(column) is null)
                _centres[column] = Centre(column);
        }
    }

    private enum Layout : byte
    {
        Number,
        NumberWithGaps,
        Categories,
    }

    /// <summary>d, the number of columns.</summary>
    public int ColumnCount => _layouts.Length;

    /// <summary>How many factors there are.</summary>
    public int FactorCount { get; }

    /// <summary>Room for one row.</summary>
    public RowCode NewCode() => new(ColumnCount);

    /// <summary>Codes one row.</summary>
    public void Encode(int row, RowCode code)
    {
        code.Clear();
        ReadOnlySpan<double> values = _rows.RowValues(row);
        if (_rows.IsSparse && !_centred)
        {
            ReadOnlySpan<int> columns = _rows.RowColumns(row);
            for (int entry = 0; entry < columns.Length; entry++)
                Add(columns[entry], values[entry], code);
            return;
        }

        if (_rows.IsSparse)
        {
            _rows.CopyRow(row, code.Cells);
            values = code.Cells;
        }

        for (int column = 0; column < values.Length; column++)
            Add(column, values[column], code);
    }

    private void Add(int column, double value, RowCode code)
    {
        int factor = _first[column];
        bool missing = double.IsNaN(value);
        if (_layouts[column] == Layout.Categories)
        {
            if (value == 0)
                return;
            code.AddNorm(1);
            code.Add(factor, -1, 1);
            if (!missing)
                code.Add(factor + (int)value, -1, 1);
            return;
        }

        if (missing)
        {
            code.AddNorm(1);
            code.Add(factor + 1, 0, 1);
            code.Add(factor + 2, -1, 1);
            return;
        }

        double number = Number(column, value, code);
        if (number == 0)
            return;
        double square = number * number;
        code.AddNorm(square);
        code.Add(factor, -2 * number, number);
        if (_layouts[column] == Layout.NumberWithGaps)
        {
            code.Add(factor + 1, -square, 0);
            code.Add(factor + 2, 0, square);
        }
    }

    // A range beyond float64 makes this NaN, and with it every bound: such rows are all measured.
    private double Number(int column, double value, RowCode code)
    {
        if (_space.Table(column) is double[] table)
        {
            double moved = table.Length == 0 ? value : table[(int)value] - table[0];
            if (moved != Math.Floor(moved))
                code.MarkFraction();
            return moved;
        }

        double divisor = _space.Scales.Divisors[column];
        if (double.IsPositiveInfinity(divisor))
            return 0;
        if (divisor != 1 || value != Math.Floor(value) || !(Math.Abs(value) < WholeLimit))
            code.MarkFraction();
        return (value - _centres[column]) / divisor;
    }

    private double Centre(int column)
    {
        double middle = _space.Statistics[column].Minimum / 2 + _space.Statistics[column].Maximum / 2;
        return double.IsFinite(middle) ? Math.Round(middle) is var whole && _space.Scales.Divisors[column] == 1 ? whole : middle : 0;
    }

    private static bool[] ColumnsWithGaps(FeatureMatrix rows)
    {
        var gaps = new bool[rows.ColumnCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<double> values = rows.RowValues(row);
            for (int entry = 0; entry < values.Length; entry++)
            {
                if (double.IsNaN(values[entry]))
                    gaps[rows.IsSparse ? rows.RowColumns(row)[entry] : entry] = true;
            }
        }

        return gaps;
    }
}
