using AemloBridge.Data;

namespace AemloBridge.Resampling.Rows;

/// <summary>
/// Walks over several rows at once, column by column in ascending order: over all columns of dense rows, over those that
/// any of the rows stores when they are sparse, so that nothing is made dense.
/// </summary>
/// <param name="features">The rows.</param>
internal sealed class RowUnion(FeatureMatrix features)
{
    private int[] _rows = [];
    private int[] _at = [];
    private double[] _values = [];
    private int _count;

    /// <summary>The column the walk has come to.</summary>
    public int Column { get; private set; }

    /// <summary>The value of each row in that column.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>Starts a walk, before the first column.</summary>
    /// <param name="rows">Row indices; one may stand there twice.</param>
    public void Start(params ReadOnlySpan<int> rows)
    {
        if (_rows.Length < rows.Length)
        {
            _rows = new int[rows.Length];
            _at = new int[rows.Length];
            _values = new double[rows.Length];
        }

        _count = rows.Length;
        rows.CopyTo(_rows);
        Array.Clear(_at, 0, _count);
        Column = -1;
    }

    /// <summary>Goes on to the next column; false behind the last one.</summary>
    public bool MoveNext() => features.IsSparse ? MoveSparse() : MoveDense();

    private bool MoveDense()
    {
        if (++Column >= features.ColumnCount)
            return false;
        for (int place = 0; place < _count; place++)
            _values[place] = features.RowValues(_rows[place])[Column];
        return true;
    }

    private bool MoveSparse()
    {
        int next = int.MaxValue;
        for (int place = 0; place < _count; place++)
        {
            ReadOnlySpan<int> columns = features.RowColumns(_rows[place]);
            if (_at[place] < columns.Length)
                next = Math.Min(next, columns[_at[place]]);
        }

        if (next == int.MaxValue)
            return false;
        Column = next;
        for (int place = 0; place < _count; place++)
        {
            ReadOnlySpan<int> columns = features.RowColumns(_rows[place]);
            int at = _at[place];
            bool stored = at < columns.Length && columns[at] == next;
            _values[place] = stored ? features.RowValues(_rows[place])[at] : 0;
            _at[place] = stored ? at + 1 : at;
        }

        return true;
    }
}
