using AemloBridge.Data;

namespace AemloBridge.Features;

/// <summary>What one pass over the rows learns about a feature column; absent sparse entries count as 0.</summary>
internal sealed class ColumnStatistics
{
    private readonly int[] _valueCounts;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private double _sum;
    private double _smallestMagnitude = double.PositiveInfinity;
    private bool _integral = true;
    private int _stored;
    private int _missing;

    private ColumnStatistics(DataAttribute attribute) => _valueCounts = new int[attribute.Values.Count];

    /// <summary>The smallest value; infinite where every value is missing.</summary>
    public double Minimum => _minimum;

    /// <summary>The largest value; minus infinity where every value is missing.</summary>
    public double Maximum => _maximum;

    /// <summary>How many values are missing.</summary>
    public int MissingCount => _missing;

    /// <summary>How often each value of a nominal column occurs; empty for a numeric one.</summary>
    public ReadOnlySpan<int> ValueCounts => _valueCounts;

    /// <summary>The statistics of every column.</summary>
    public static ColumnStatistics[] Collect(IReadOnlyList<DataAttribute> attributes, FeatureMatrix features)
    {
        ColumnStatistics[] columns = [.. attributes.Select(attribute => new ColumnStatistics(attribute))];
        for (int row = 0; row < features.RowCount; row++)
        {
            ReadOnlySpan<double> values = features.RowValues(row);
            if (!features.IsSparse)
            {
                for (int column = 0; column < values.Length; column++)
                    columns[column].Add(values[column]);
                continue;
            }

            ReadOnlySpan<int> stored = features.RowColumns(row);
            for (int entry = 0; entry < stored.Length; entry++)
                columns[stored[entry]].Add(values[entry]);
        }

        foreach (ColumnStatistics column in columns)
            column.AddZeros(features.RowCount - column._stored);
        return columns;
    }

    /// <summary>The encoding that follows from what was seen.</summary>
    /// <param name="attribute">The feature.</param>
    /// <param name="first">Its first encoded column.</param>
    /// <param name="rows">n.</param>
    public EncodedColumn ToColumn(DataAttribute attribute, int first, int rows)
    {
        int present = rows - _missing;
        if (!attribute.IsNominal)
        {
            // The mean of numbers near the ends of float64 may overflow when summed; their middle cannot.
            double mean = present == 0 ? double.NaN : double.IsFinite(_sum) ? _sum / present : _minimum / 2 + _maximum / 2;
            return new EncodedColumn(ColumnKind.Numeric, first, 1, Low(present), High(present), mean, _integral, Magnitude(), 0, _missing);
        }

        int mode = present == 0 ? -1 : Array.IndexOf(_valueCounts, _valueCounts.Max());
        double fill = mode < 0 ? double.NaN : mode;
        if (attribute.Values.Count > 2)
            return new EncodedColumn(ColumnKind.OneHot, first, attribute.Values.Count, 0, attribute.Values.Count - 1, fill, true, Magnitude(), 0, _missing);
        int ones = (attribute.Values.Count > 1 ? _valueCounts[1] : 0) + (mode == 1 ? _missing : 0);
        return new EncodedColumn(ColumnKind.Binary, first, 1, Low(present), High(present), fill, true, Magnitude(), rows == 0 ? 0 : (double)ones / rows, _missing);
    }

    private double Low(int present) => present == 0 ? double.NaN : _minimum;

    private double High(int present) => present == 0 ? double.NaN : _maximum;

    private double Magnitude() => double.IsFinite(_smallestMagnitude) ? _smallestMagnitude : 0;

    private void Add(double value)
    {
        _stored++;
        if (double.IsNaN(value))
        {
            _missing++;
            return;
        }

        if (_valueCounts.Length > 0)
            _valueCounts[(int)value]++;
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        _sum += value;
        _integral &= value == Math.Floor(value);
        if (value != 0)
            _smallestMagnitude = Math.Min(_smallestMagnitude, Math.Abs(value));
    }

    private void AddZeros(int count)
    {
        if (count == 0)
            return;
        _minimum = Math.Min(_minimum, 0);
        _maximum = Math.Max(_maximum, 0);
        if (_valueCounts.Length > 0)
            _valueCounts[0] += count;
    }
}
