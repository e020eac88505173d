using System.Runtime.CompilerServices;
using AemloBridge.Features;

namespace AemloBridge.Neighbours;

/// <summary>δ of numeric columns: differences over the range of the original rows, or as they are.</summary>
internal sealed class NumericScales
{
    // Infinite for a constant column, whose δ is 0; NaN where max − min overflows, which sends every δ the slow way.
    private readonly double[] _divisors;
    private readonly double[] _halfRanges;

    /// <summary>The scales of every column; those of nominal columns are never used.</summary>
    public NumericScales(ReadOnlySpan<ColumnStatistics> columns, bool scaled)
    {
        _divisors = new double[columns.Length];
        _halfRanges = new double[columns.Length];
        Scaled = scaled;
        for (int column = 0; column < columns.Length; column++)
        {
            double minimum = columns[column].Minimum;
            double maximum = columns[column].Maximum;
            double range = maximum - minimum;
            _halfRanges[column] = maximum / 2 - minimum / 2;
            if (!scaled)
                _divisors[column] = 1;
            else if (!(maximum > minimum))
                _divisors[column] = double.PositiveInfinity;
            else
                _divisors[column] = double.IsFinite(range) ? range : double.NaN;
        }
    }

    /// <summary>False where differences are taken as they are.</summary>
    public bool Scaled { get; }

    /// <summary>What differences are divided by; infinite for a constant column, NaN where the range exceeds float64.</summary>
    public ReadOnlySpan<double> Divisors => _divisors;

    /// <summary>δ between two numbers of a column; 1 where one is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Delta(int column, double x, double y)
    {
        double delta = Math.Abs(x - y) / _divisors[column];
        return delta <= double.MaxValue ? delta : Unusual(column, x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Unusual(int column, double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return 1;
        if (x == y || double.IsPositiveInfinity(_divisors[column]))
            return 0;
        if (!Scaled)
            return double.PositiveInfinity;
        double delta = Math.Abs(x / 2 - y / 2) / _halfRanges[column];
        return double.IsNaN(delta) ? 1 : delta;
    }
}
