using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Writes rows, dense or sparse.</summary>
internal sealed class ArffRowWriter
{
    private readonly ArffByteWriter _output;
    private readonly DatasetSchema _schema;
    private readonly bool _sparse;
    private readonly byte[] _newLine;
    private readonly ArffColumn[] _columns;
    private readonly byte[][][] _texts;
    private readonly double[] _row;

    /// <summary>A writer of rows of one schema.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="sparse">True for the sparse format.</param>
    /// <param name="newLine">The line end.</param>
    /// <param name="latin1">True when the file is Latin-1, not UTF-8.</param>
    public ArffRowWriter(ArffByteWriter output, DatasetSchema schema, bool sparse, string newLine = "\n", bool latin1 = false)
    {
        _output = output;
        _schema = schema;
        _sparse = sparse;
        _newLine = Encoding.ASCII.GetBytes(newLine);
        Encoding encoding = ArffPlace.EncodingOf(latin1);
        _columns = ArffColumn.ForSchema(schema, encoding);
        _row = new double[schema.FeatureCount];
        _texts = new byte[_columns.Length][][];
        for (int index = 0; index < _columns.Length; index++)
            _texts[index] = [.. schema.Attributes[index].Values.Select(value => encoding.GetBytes(ArffQuoting.Quote(value, latin1)))];
    }

    /// <summary>Writes all rows.</summary>
    /// <param name="features">n × d values.</param>
    /// <param name="labels">n × q bits.</param>
    /// <param name="weights">n weights, or null; a weight of 1 is not written.</param>
    /// <param name="cancellationToken">Honoured every few rows.</param>
    /// <exception cref="ArgumentException">A value is not one of its attribute's, or the shapes do not agree.</exception>
    public void WriteAll(FeatureMatrix features, LabelMatrix labels, double[]? weights, CancellationToken cancellationToken)
    {
        if (features.ColumnCount != _schema.FeatureCount || labels.LabelCount != _schema.LabelCount)
            throw new ArgumentException($"rows of {features.ColumnCount} features and {labels.LabelCount} labels for a schema of {_schema.FeatureCount} and {_schema.LabelCount}", nameof(features));
        if (labels.RowCount != features.RowCount || (weights is not null && weights.Length != features.RowCount))
            throw new ArgumentException($"{features.RowCount} rows of features, {labels.RowCount} of labels, {weights?.Length ?? features.RowCount} weights", nameof(labels));
        for (int row = 0; row < features.RowCount; row++)
        {
            if ((row & 63) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Write(features, labels, row, weights?[row] ?? 1);
        }
    }

    /// <summary>Writes one row of matrices that fit the schema.</summary>
    public void Write(FeatureMatrix features, LabelMatrix labels, int row, double weight)
    {
        features.CopyRow(row, _row);
        if (_sparse)
            WriteSparse(labels, row);
        else
            WriteDense(labels, row);
        WriteWeight(weight, row);
        _output.Write(_newLine);
    }

    private void WriteDense(LabelMatrix labels, int row)
    {
        for (int index = 0; index < _columns.Length; index++)
        {
            if (index > 0)
                _output.Write(","u8);
            WriteValue(index, Value(index, labels, row), row);
        }
    }

    private void WriteSparse(LabelMatrix labels, int row)
    {
        _output.Write("{"u8);
        bool first = true;
        for (int index = 0; index < _columns.Length; index++)
        {
            // Zero is the number 0 or an attribute's first value: what an absent entry means. NaN is neither.
            double value = Value(index, labels, row);
            if (value == 0)
                continue;
            if (!first)
                _output.Write(","u8);
            first = false;
            _output.Write(index);
            _output.Write(" "u8);
            WriteValue(index, value, row);
        }

        _output.Write("}"u8);
    }

    private double Value(int index, LabelMatrix labels, int row)
    {
        ArffColumn column = _columns[index];
        if (column.Feature >= 0)
            return _row[column.Feature];
        return labels[row, column.Label] ? column.PositiveCode : 1 - column.PositiveCode;
    }

    private void WriteValue(int index, double value, int row)
    {
        if (double.IsNaN(value))
        {
            _output.Write("?"u8);
            return;
        }

        DataAttribute attribute = _schema.Attributes[index];
        if (!attribute.IsNominal)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"row {row}, attribute '{attribute.Name}': {value} is not a finite number");
            _output.Write(value);
            return;
        }

        if (value < 0 || value >= attribute.Values.Count || value != Math.Floor(value))
            throw new ArgumentException($"row {row}, attribute '{attribute.Name}': {value} is not the position of one of its {attribute.Values.Count} values");
        _output.Write(_texts[index][(int)value]);
    }

    private void WriteWeight(double weight, int row)
    {
        if (weight == 1)
            return;
        if (!double.IsFinite(weight) || weight < 0)
            throw new ArgumentException($"row {row} has the weight {weight}; weights are finite and not negative");
        _output.Write(_sparse ? ", {"u8 : ",{"u8);
        _output.Write(weight);
        _output.Write("}"u8);
    }
}
