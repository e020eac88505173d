using AemloBridge.Data;

namespace AemloBridge.Features;

/// <summary>
/// Turns feature values into the numeric matrix the network sees: numbers scaled to [0, 1] on the given rows, a
/// two-valued nominal feature as one 0/1 column, more values one-hot, missing values filled with mean or mode.
/// The data set keeps its own (sparse, unscaled) form; rows are encoded when a batch is built.
/// </summary>
public sealed class FeatureEncoder
{
    private readonly float[] _zeroRow;

    /// <summary>An encoder with known columns, as read from a model file.</summary>
    /// <param name="columns">One encoding for each feature, in order.</param>
    public FeatureEncoder(IReadOnlyList<EncodedColumn> columns)
    {
        Columns = columns;
        Width = columns.Count == 0 ? 0 : columns[^1].First + columns[^1].Width;
        _zeroRow = new float[Width];
        foreach (EncodedColumn column in columns)
            Write(column, 0, _zeroRow);
    }

    /// <summary>The encoding of each feature.</summary>
    public IReadOnlyList<EncodedColumn> Columns { get; }

    /// <summary>Columns of the encoded matrix.</summary>
    public int Width { get; }

    /// <summary>Learns scaling, modes and means from the given rows, and from nothing else.</summary>
    /// <param name="schema">The columns' kinds.</param>
    /// <param name="features">n × d values.</param>
    public static FeatureEncoder Fit(DatasetSchema schema, FeatureMatrix features)
    {
        ColumnStatistics[] statistics = ColumnStatistics.Collect(schema.Features, features);
        var columns = new EncodedColumn[schema.FeatureCount];
        int first = 0;
        for (int feature = 0; feature < columns.Length; feature++)
        {
            columns[feature] = statistics[feature].ToColumn(schema.Features[feature], first, features.RowCount);
            first += columns[feature].Width;
        }

        return new FeatureEncoder(columns);
    }

    /// <summary>Encodes one row.</summary>
    /// <param name="features">Where the row is.</param>
    /// <param name="row">Its position.</param>
    /// <param name="destination"><see cref="Width"/> cells.</param>
    public void Encode(FeatureMatrix features, int row, Span<float> destination)
    {
        ReadOnlySpan<double> values = features.RowValues(row);
        if (!features.IsSparse)
        {
            for (int feature = 0; feature < values.Length; feature++)
                Write(Columns[feature], values[feature], destination);
            return;
        }

        _zeroRow.CopyTo(destination);
        ReadOnlySpan<int> stored = features.RowColumns(row);
        for (int entry = 0; entry < stored.Length; entry++)
            Write(Columns[stored[entry]], values[entry], destination);
    }

    private static void Write(EncodedColumn column, double value, Span<float> destination)
    {
        if (double.IsNaN(value))
            value = column.IsEmpty ? 0 : column.Fill;
        if (column.Kind != ColumnKind.OneHot)
        {
            destination[column.First] = column.Scale(value);
            return;
        }

        Span<float> codes = destination.Slice(column.First, column.Width);
        codes.Clear();
        if (!column.IsEmpty)
            codes[(int)value] = 1;
    }
}
