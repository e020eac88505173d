namespace AemloBridge.Data;

/// <summary>Collects rows into a <see cref="FeatureMatrix"/>, dense or sparse; memory grows with the values added.</summary>
public sealed class FeatureMatrixBuilder
{
    private readonly int _columnCount;
    private readonly bool _sparse;
    private readonly List<long> _rowStarts = [0];
    private double[] _values = [];
    private int[] _columns = [];
    private int _count;
    private int _rows;

    /// <summary>An empty matrix of <paramref name="columnCount"/> columns.</summary>
    /// <param name="columnCount">d.</param>
    /// <param name="sparse">True for CSR.</param>
    public FeatureMatrixBuilder(int columnCount, bool sparse)
    {
        _columnCount = columnCount;
        _sparse = sparse;
    }

    /// <summary>The rows added so far.</summary>
    public int RowCount => _rows;

    /// <summary>Adds a row given as d values; zeros become absent entries in the sparse form.</summary>
    public void AddDenseRow(ReadOnlySpan<double> row)
    {
        if (row.Length != _columnCount)
            throw new ArgumentException($"a row of {row.Length} values for {_columnCount} columns", nameof(row));
        Reserve(row.Length);
        if (!_sparse)
        {
            row.CopyTo(_values.AsSpan(_count));
            _count += row.Length;
        }
        else
        {
            for (int column = 0; column < row.Length; column++)
            {
                // Explicit comparison: NaN (missing) is not zero and must be kept.
                if (row[column] != 0)
                    Append(column, row[column]);
            }
        }

        EndRow();
    }

    /// <summary>Adds a row given as its explicit entries, columns ascending; the others are 0.</summary>
    public void AddSparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        if (columns.Length != values.Length)
            throw new ArgumentException($"{columns.Length} columns and {values.Length} values", nameof(values));
        if (_sparse)
        {
            Reserve(columns.Length);
            columns.CopyTo(_columns.AsSpan(_count));
            values.CopyTo(_values.AsSpan(_count));
            _count += columns.Length;
        }
        else
        {
            Reserve(_columnCount);
            Span<double> row = _values.AsSpan(_count, _columnCount);
            row.Clear();
            for (int entry = 0; entry < columns.Length; entry++)
                row[columns[entry]] = values[entry];
            _count += _columnCount;
        }

        EndRow();
    }

    /// <summary>Adds a row of another matrix with as many columns.</summary>
    public void AddRowOf(FeatureMatrix matrix, int row)
    {
        if (matrix.IsSparse)
            AddSparseRow(matrix.RowColumns(row), matrix.RowValues(row));
        else
            AddDenseRow(matrix.RowValues(row));
    }

    /// <summary>The matrix of the rows added; the builder must not be used afterwards.</summary>
    public FeatureMatrix Build()
    {
        if (!_sparse)
        {
            // Copied only where keeping the array as it is would waste much.
            if (_values.Length - _count > _count / 8)
                Resize(_count);
            return FeatureMatrix.DenseFromLonger(_rows, _columnCount, _values);
        }

        return FeatureMatrix.Sparse(_columnCount, [.. _rowStarts], _columns, _values);
    }

    private void Append(int column, double value)
    {
        _columns[_count] = column;
        _values[_count++] = value;
    }

    private void EndRow()
    {
        _rows++;
        if (_sparse)
            _rowStarts.Add(_count);
    }

    /// <summary>The values held so far.</summary>
    internal int ValueCount => _count;

    /// <summary>Makes room for this many values in all, when that is known or guessed.</summary>
    internal void ReserveTotal(long values)
    {
        if (values > _values.Length && values <= Array.MaxLength)
            Resize((int)values);
    }

    private void Reserve(int more)
    {
        if (_values.Length - _count >= more)
            return;
        long wanted = Math.Max((long)_count + more, _values.Length + _values.Length / 2L);
        int size = (int)Math.Min(wanted, Array.MaxLength);
        if (size - _count < more)
            throw new AemloInputException($"more than {Array.MaxLength:N0} feature values do not fit; split the data set");
        Resize(size);
    }

    private void Resize(int size)
    {
        double[] values = GC.AllocateUninitializedArray<double>(size);
        _values.AsSpan(0, _count).CopyTo(values);
        _values = values;
        if (!_sparse)
            return;
        int[] columns = GC.AllocateUninitializedArray<int>(size);
        _columns.AsSpan(0, _count).CopyTo(columns);
        _columns = columns;
    }
}
