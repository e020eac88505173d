using System.Runtime.InteropServices;

namespace AemloBridge.Data.Arff;

/// <summary>Collects rows into features, labels and weights, all growing with the rows.</summary>
internal sealed class ArffRowCollector
{
    // A little more than the estimate costs less than growing at the end.
    private const double Reserve = 1.03;

    private readonly DatasetSchema _schema;
    private readonly ArffPlace _place;
    private readonly int _wordsPerRow;
    private readonly ulong[] _absentLabels;
    private readonly double[] _dense;
    private readonly List<int> _sparseColumns = [];
    private readonly List<double> _sparseValues = [];
    private FeatureMatrixBuilder? _features;
    private ulong[] _labels = [];
    private List<double>? _weights;
    private int _rows;
    private bool _expected;

    /// <summary>A collector with no row.</summary>
    public ArffRowCollector(DatasetSchema schema, ArffPlace place)
    {
        _schema = schema;
        _place = place;
        _wordsPerRow = (schema.LabelCount + 63) / 64;
        _dense = new double[schema.FeatureCount];

        // An absent label entry is the first declared value, which is the positive one for {1,0}.
        _absentLabels = new ulong[_wordsPerRow];
        for (int label = 0; label < schema.LabelCount; label++)
        {
            if (schema.Labels[label].PositiveValue == 0)
                _absentLabels[label >> 6] |= 1UL << (label & 63);
        }
    }

    /// <summary>True when the first row was sparse.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>How many label values were missing.</summary>
    public long MissingLabels { get; private set; }

    /// <summary>The line of the first missing label value.</summary>
    public long FirstMissingLine { get; private set; }

    /// <summary>The 1-based column, in characters, of the first missing label value.</summary>
    public int FirstMissingColumn { get; private set; }

    /// <summary>The label of the first missing label value.</summary>
    public string FirstMissingLabel { get; private set; } = string.Empty;

    /// <summary>Makes room once, from the first rows, for as many as the file will probably have.</summary>
    /// <param name="growth">The size of the whole file, as a multiple of what has been read.</param>
    public void Expect(double growth)
    {
        if (_expected || _features is null)
            return;
        _expected = true;
        _features.ReserveTotal((long)(_features.ValueCount * growth * Reserve));
    }

    /// <summary>Begins a dense row; every feature is then set in the array returned, and every label.</summary>
    public double[] BeginDense()
    {
        Begin(sparse: false);
        return _dense;
    }

    /// <summary>Begins a sparse row: every value is its attribute's first, or 0.</summary>
    public void BeginSparse()
    {
        Begin(sparse: true);
        _absentLabels.CopyTo(_labels, (long)_rows * _wordsPerRow);
        _sparseColumns.Clear();
        _sparseValues.Clear();
    }

    /// <summary>Adds an entry of a sparse row, in ascending order; an explicit zero is an absent entry.</summary>
    public void AddFeature(int feature, double value)
    {
        if (value == 0)
            return;
        _sparseColumns.Add(feature);
        _sparseValues.Add(value);
    }

    /// <summary>Sets a label of the current row from its value's code, NaN for a missing one.</summary>
    /// <param name="column">The label.</param>
    /// <param name="code">The value's code.</param>
    /// <param name="line">The line, and</param>
    /// <param name="offset">the byte in it where the value begins.</param>
    public void SetLabel(ArffColumn column, double code, ReadOnlySpan<byte> line, int offset)
    {
        ref ulong word = ref _labels[((long)_rows * _wordsPerRow) + (column.Label >> 6)];
        ulong bit = 1UL << (column.Label & 63);
        if (code == column.PositiveCode)
        {
            word |= bit;
            return;
        }

        word &= ~bit;
        if (!double.IsNaN(code))
            return;
        if (MissingLabels++ == 0)
        {
            FirstMissingLine = _place.Line;
            FirstMissingColumn = _place.Column(line, offset);
            FirstMissingLabel = column.Attribute.Name;
        }
    }

    /// <summary>Ends a dense row.</summary>
    public void EndDense(double weight)
    {
        _features!.AddDenseRow(_dense);
        End(weight);
    }

    /// <summary>Ends a sparse row.</summary>
    public void EndSparse(double weight)
    {
        _features!.AddSparseRow(CollectionsMarshal.AsSpan(_sparseColumns), CollectionsMarshal.AsSpan(_sparseValues));
        End(weight);
    }

    /// <summary>The data set of the rows collected; the collector must not be used afterwards.</summary>
    public MultiLabelDataset Build(ArffSource source)
    {
        FeatureMatrix features = (_features ?? new FeatureMatrixBuilder(_schema.FeatureCount, sparse: false)).Build();
        Array.Resize(ref _labels, _rows * _wordsPerRow);
        return new MultiLabelDataset(_schema, features, new LabelMatrix(_rows, _schema.LabelCount, _labels), _weights?.ToArray(), source);
    }

    private void Begin(bool sparse)
    {
        if (_features is null)
        {
            IsSparse = sparse;
            _features = new FeatureMatrixBuilder(_schema.FeatureCount, sparse);
        }

        long needed = ((long)_rows + 1) * _wordsPerRow;
        if (needed > _labels.Length)
            Array.Resize(ref _labels, checked((int)Math.Max(needed, Math.Min(_labels.Length * 3L / 2, Array.MaxLength))));
    }

    private void End(double weight)
    {
        _rows++;
        if (weight != 1 && _weights is null)
            _weights = [.. Enumerable.Repeat(1.0, _rows - 1)];
        _weights?.Add(weight);
    }
}
