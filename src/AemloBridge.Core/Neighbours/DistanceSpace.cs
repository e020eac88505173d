using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Neighbours;

/// <summary>
/// The metric of the resampling methods over the features of a data set: d = √Σδ² over its columns.
/// Numeric: δ = |x − x'| / (max − min of the original rows' values), 0 for a constant column.
/// Nominal: overlap, or the value difference metric of one label (<see cref="NominalDistance"/>).
/// Missing: δ = 1 where either value is missing, and where both are.
/// </summary>
/// <remarks>
/// Distances are float64 and summed column by column, in ascending order, whatever the storage: dense and sparse matrices
/// with the same values give the same bits. Immutable, and safe to share between threads.
/// </remarks>
public sealed class DistanceSpace
{
    private readonly FeatureMatrix _original;
    private readonly ColumnStatistics[] _statistics;
    private readonly NumericScales _scales;

    // Per column: null for a numeric one, empty for overlap, P_j of every value for VDM.
    private readonly double[]?[] _tables;

    private DistanceSpace(FeatureMatrix original, ColumnStatistics[] statistics, NumericScales scales, double[]?[] tables, NominalDistance nominal)
    {
        _original = original;
        _statistics = statistics;
        _scales = scales;
        _tables = tables;
        Nominal = nominal;
        HasNominal = Array.Exists(tables, table => table is not null);
    }

    /// <summary>Whether there is a nominal feature at all: without one overlap and VDM are the same.</summary>
    public bool HasNominal { get; }

    /// <summary>How nominal values differ.</summary>
    public NominalDistance Nominal { get; }

    /// <summary>d, the number of features.</summary>
    public int ColumnCount => _tables.Length;

    internal NumericScales Scales => _scales;

    internal ReadOnlySpan<ColumnStatistics> Statistics => _statistics;

    /// <summary>P_j of every value of a column; empty under overlap, null for a numeric column.</summary>
    internal double[]? Table(int column) => _tables[column];

    /// <summary>The space with overlap for nominal features.</summary>
    /// <param name="schema">Says which features are nominal.</param>
    /// <param name="original">The original rows, n × d, whose ranges scale the numeric features.</param>
    /// <param name="scaleNumeric">False leaves numeric differences as they are, those of constant columns included.</param>
    /// <exception cref="ArgumentException">The matrix has another number of columns than the schema has features.</exception>
    public static DistanceSpace Overlap(DatasetSchema schema, FeatureMatrix original, bool scaleNumeric = true)
    {
        if (original.ColumnCount != schema.FeatureCount)
            throw new ArgumentException($"the rows have {original.ColumnCount} columns, but the schema has {schema.FeatureCount} features", nameof(original));
        ColumnStatistics[] statistics = ColumnStatistics.Collect(schema.Features, original);
        double[]?[] tables = [.. schema.Features.Select(feature => feature.IsNominal ? Array.Empty<double>() : null)];
        return new DistanceSpace(original, statistics, new NumericScales(statistics, scaleNumeric), tables, NominalDistance.Overlap);
    }

    /// <summary>The space with the value difference metric of one label for nominal features.</summary>
    /// <param name="schema">Says which features are nominal.</param>
    /// <param name="original">The original rows, n × d.</param>
    /// <param name="labels">Their labels, n × q.</param>
    /// <param name="label">j.</param>
    /// <param name="scaleNumeric">False leaves numeric differences as they are.</param>
    /// <exception cref="ArgumentException">The matrices do not fit the schema or each other.</exception>
    public static DistanceSpace Vdm(DatasetSchema schema, FeatureMatrix original, LabelMatrix labels, int label, bool scaleNumeric = true) =>
        Overlap(schema, original, scaleNumeric).ForLabel(labels, label);

    /// <summary>The same space with the value difference metric of another label; takes one pass over that label's rows.</summary>
    /// <param name="labels">The labels of the original rows, n × q.</param>
    /// <param name="label">j.</param>
    /// <returns>This space itself where no feature is nominal.</returns>
    /// <exception cref="ArgumentException">There are not as many rows of labels as original rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public DistanceSpace ForLabel(LabelMatrix labels, int label)
    {
        if (labels.RowCount != _original.RowCount)
            throw new ArgumentException($"labels of {labels.RowCount} rows given for {_original.RowCount} original rows", nameof(labels));
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, labels.LabelCount);
        if (!HasNominal)
            return this;
        double[]?[] tables = ValueProbabilities.Of(_original, _statistics, labels, label);
        return new DistanceSpace(_original, _statistics, _scales, tables, NominalDistance.Vdm);
    }

    /// <summary>d between two rows, original or synthetic.</summary>
    public double Distance(FeatureMatrix a, int rowA, FeatureMatrix b, int rowB) => Math.Sqrt(SquaredDistance(a, rowA, b, rowB));

    /// <summary>d², the sum of δ² in ascending order of the columns; never NaN.</summary>
    /// <param name="a">A matrix with this space's columns.</param>
    /// <param name="rowA">One of its rows.</param>
    /// <param name="b">The same or another matrix.</param>
    /// <param name="rowB">One of its rows.</param>
    public double SquaredDistance(FeatureMatrix a, int rowA, FeatureMatrix b, int rowB)
    {
        ReadOnlySpan<double> left = a.RowValues(rowA);
        ReadOnlySpan<double> right = b.RowValues(rowB);
        if (a.IsSparse && b.IsSparse)
            return BothSparse(a.RowColumns(rowA), left, b.RowColumns(rowB), right);
        if (a.IsSparse)
            return OneSparse(right, b: a.RowColumns(rowA), left);
        if (b.IsSparse)
            return OneSparse(left, b.RowColumns(rowB), right);
        return HasNominal ? BothDense(left, right) : BothNumeric(left, right);
    }

    /// <summary>δ² of one column.</summary>
    internal double SquaredDelta(int column, double x, double y)
    {
        double delta = _tables[column] is double[] table ? NominalDelta(table, x, y) : _scales.Delta(column, x, y);
        return delta * delta;
    }

    private static double NominalDelta(double[] table, double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return 1;
        if (table.Length == 0)
            return x == y ? 0 : 1;
        return Math.Abs(table[(int)x] - table[(int)y]);
    }

    private double BothNumeric(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int column = 0; column < left.Length; column++)
        {
            double delta = _scales.Delta(column, left[column], right[column]);
            sum += delta * delta;
        }

        return sum;
    }

    private double BothDense(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int column = 0; column < left.Length; column++)
            sum += SquaredDelta(column, left[column], right[column]);
        return sum;
    }

    // Columns absent from both rows are 0 in both, and adding their δ² = 0 would change no bit of the sum.
    private double BothSparse(ReadOnlySpan<int> leftColumns, ReadOnlySpan<double> left, ReadOnlySpan<int> rightColumns, ReadOnlySpan<double> right)
    {
        double sum = 0;
        int at = 0;
        int other = 0;
        while (at < left.Length || other < right.Length)
        {
            int leftColumn = at < left.Length ? leftColumns[at] : int.MaxValue;
            int rightColumn = other < right.Length ? rightColumns[other] : int.MaxValue;
            double x = leftColumn <= rightColumn ? left[at++] : 0;
            double y = rightColumn <= leftColumn ? right[other++] : 0;
            sum += SquaredDelta(Math.Min(leftColumn, rightColumn), x, y);
        }

        return sum;
    }

    private double OneSparse(ReadOnlySpan<double> dense, ReadOnlySpan<int> b, ReadOnlySpan<double> values)
    {
        double sum = 0;
        int at = 0;
        for (int column = 0; column < dense.Length; column++)
            sum += SquaredDelta(column, dense[column], at < b.Length && b[at] == column ? values[at++] : 0);
        return sum;
    }
}
