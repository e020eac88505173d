namespace AemloBridge.Data;

/// <summary>
/// The feature values of a data set, n rows by d columns, float64: a number for a numeric feature, the 0-based position
/// of the value for a nominal one, NaN where the value is missing.
/// </summary>
/// <remarks>
/// Either dense (row-major) or sparse (CSR, columns ascending within a row). In the sparse form an absent entry is 0:
/// the number zero, or a nominal attribute's first declared value, as ARFF's sparse format has it.
/// </remarks>
public sealed class FeatureMatrix
{
    private readonly double[] _values;
    private readonly int[]? _columns;
    private readonly long[]? _rowStarts;

    private FeatureMatrix(int rowCount, int columnCount, double[] values, int[]? columns, long[]? rowStarts)
    {
        RowCount = rowCount;
        ColumnCount = columnCount;
        _values = values;
        _columns = columns;
        _rowStarts = rowStarts;
    }

    /// <summary>n, the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>d, the number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>True for the CSR form.</summary>
    public bool IsSparse => _rowStarts is not null;

    /// <summary>The number of values held: n·d when dense, the explicit entries when sparse.</summary>
    public long StoredCount => _rowStarts is null ? (long)RowCount * ColumnCount : _rowStarts[RowCount];

    /// <summary>A dense matrix over <paramref name="values"/>, which is kept, not copied.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="values">n·d values, row-major.</param>
    /// <exception cref="ArgumentException">The length is not n·d.</exception>
    public static FeatureMatrix Dense(int rowCount, int columnCount, double[] values)
    {
        if (values.LongLength != (long)rowCount * columnCount)
            throw new ArgumentException($"{values.LongLength} values given for {rowCount} x {columnCount} cells", nameof(values));
        return new FeatureMatrix(rowCount, columnCount, values, null, null);
    }

    // For the builder, whose array has grown beyond what is used.
    internal static FeatureMatrix DenseFromLonger(int rowCount, int columnCount, double[] values) =>
        new(rowCount, columnCount, values, null, null);

    /// <summary>A CSR matrix over the given arrays, which are kept, not copied.</summary>
    /// <param name="columnCount">d.</param>
    /// <param name="rowStarts">n + 1 offsets into the other two arrays, the first 0.</param>
    /// <param name="columns">The column of each entry, ascending within a row.</param>
    /// <param name="values">The value of each entry; may be longer than used.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    public static FeatureMatrix Sparse(int columnCount, long[] rowStarts, int[] columns, double[] values)
    {
        if (rowStarts.Length == 0 || rowStarts[0] != 0)
            throw new ArgumentException("the row offsets must start with 0", nameof(rowStarts));
        for (int row = 1; row < rowStarts.Length; row++)
        {
            if (rowStarts[row] < rowStarts[row - 1])
                throw new ArgumentException($"the offset of row {row} is smaller than the one before it", nameof(rowStarts));
        }

        long stored = rowStarts[^1];
        if (columns.LongLength < stored || values.LongLength < stored)
            throw new ArgumentException($"{stored} entries announced, {columns.LongLength} columns and {values.LongLength} values given", nameof(columns));
        for (int row = 0; row + 1 < rowStarts.Length; row++)
        {
            int previous = -1;
            for (long entry = rowStarts[row]; entry < rowStarts[row + 1]; entry++)
            {
                if (columns[entry] <= previous || columns[entry] >= columnCount)
                    throw new ArgumentException($"row {row} has column {columns[entry]} after {previous}; columns must ascend and stay below {columnCount}", nameof(columns));
                previous = columns[entry];
            }
        }

        return new FeatureMatrix(rowStarts.Length - 1, columnCount, values, columns, rowStarts);
    }

    /// <summary>The values of one row: all d when dense, the explicit ones when sparse.</summary>
    public ReadOnlySpan<double> RowValues(int row)
    {
        if (_rowStarts is null)
            return _values.AsSpan(checked(row * ColumnCount), ColumnCount);
        int start = checked((int)_rowStarts[row]);
        return _values.AsSpan(start, (int)(_rowStarts[row + 1] - start));
    }

    /// <summary>The columns of one row's explicit entries; only for the sparse form.</summary>
    /// <exception cref="InvalidOperationException">The matrix is dense.</exception>
    public ReadOnlySpan<int> RowColumns(int row)
    {
        if (_rowStarts is null)
            throw new InvalidOperationException("a dense matrix has no column lists");
        int start = checked((int)_rowStarts[row]);
        return _columns.AsSpan(start, (int)(_rowStarts[row + 1] - start));
    }

    /// <summary>One cell; logarithmic in the row's entries when sparse.</summary>
    public double this[int row, int column]
    {
        get
        {
            if (_rowStarts is null)
                return RowValues(row)[column];
            int at = RowColumns(row).BinarySearch(column);
            return at < 0 ? 0 : RowValues(row)[at];
        }
    }

    /// <summary>Writes one row as d values.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">At least d long.</param>
    public void CopyRow(int row, Span<double> destination)
    {
        ReadOnlySpan<double> values = RowValues(row);
        if (_rowStarts is null)
        {
            values.CopyTo(destination);
            return;
        }

        destination[..ColumnCount].Clear();
        ReadOnlySpan<int> columns = RowColumns(row);
        for (int entry = 0; entry < columns.Length; entry++)
            destination[columns[entry]] = values[entry];
    }

    /// <summary>The given rows, in the given order, in the same form (dense or sparse).</summary>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var builder = new FeatureMatrixBuilder(ColumnCount, IsSparse);
        foreach (int row in rows)
            builder.AddRowOf(this, row);
        return builder.Build();
    }
}
