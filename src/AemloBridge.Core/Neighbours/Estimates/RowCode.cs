namespace AemloBridge.Neighbours.Estimates;

/// <summary>One row as <see cref="ProductForm"/> writes it; used again for row after row.</summary>
internal sealed class RowCode
{
    private double _leftSquares;
    private double _rightSquares;
    private int[] _factors = new int[64];
    private float[] _left = new float[64];
    private float[] _right = new float[64];

    /// <summary>For one row of cells.</summary>
    public RowCode(int columns) => Cells = new double[columns];

    /// <summary>Room for the row's d values.</summary>
    public double[] Cells { get; }

    /// <summary>How many factors the row has an entry for.</summary>
    public int Count { get; private set; }

    /// <summary>N: the row's squared distance to the row without entries.</summary>
    public double Norm { get; private set; }

    /// <summary>Whether every number in it is a whole one and exact, so that sums of products below 2²⁴ are too.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The factors, each at most once.</summary>
    public ReadOnlySpan<int> Factors => _factors.AsSpan(0, Count);

    /// <summary>A of each factor: the row as a query.</summary>
    public ReadOnlySpan<float> Left => _left.AsSpan(0, Count);

    /// <summary>B of each factor: the row as a candidate.</summary>
    public ReadOnlySpan<float> Right => _right.AsSpan(0, Count);

    /// <summary>‖A‖.</summary>
    public double LeftLength => Math.Sqrt(_leftSquares);

    /// <summary>‖B‖.</summary>
    public double RightLength => Math.Sqrt(_rightSquares);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Count = 0;
        Norm = 0;
        IsWhole = true;
        _leftSquares = 0;
        _rightSquares = 0;
    }

    /// <summary>Adds to N.</summary>
    public void AddNorm(double square) => Norm += square;

    /// <summary>Says that a number is not whole.</summary>
    public void MarkFraction() => IsWhole = false;

    /// <summary>Adds the entry of a factor.</summary>
    public void Add(int factor, double left, double right)
    {
        if (Count == _factors.Length)
        {
            Array.Resize(ref _factors, 2 * Count);
            Array.Resize(ref _left, 2 * Count);
            Array.Resize(ref _right, 2 * Count);
        }

        _factors[Count] = factor;
        _left[Count] = (float)left;
        _right[Count++] = (float)right;
        _leftSquares += left * left;
        _rightSquares += right * right;
    }
}
