namespace AemloBridge.Data;

/// <summary>A multi-label data set: schema, features, labels, and the weights of its rows. The one form all doors lead to.</summary>
public sealed class MultiLabelDataset
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="features">n × d values.</param>
    /// <param name="labels">n × q bits.</param>
    /// <param name="weights">n row weights, or null when every row weighs 1.</param>
    /// <param name="source">The file the data set was read from, or null.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public MultiLabelDataset(DatasetSchema schema, FeatureMatrix features, LabelMatrix labels, double[]? weights = null, ArffSource? source = null)
    {
        if (features.RowCount != labels.RowCount || (weights is not null && weights.Length != features.RowCount))
            throw new ArgumentException($"{features.RowCount} rows of features, {labels.RowCount} rows of labels, {weights?.Length ?? features.RowCount} weights", nameof(features));
        if (features.ColumnCount != schema.FeatureCount || labels.LabelCount != schema.LabelCount)
            throw new ArgumentException($"{features.ColumnCount} feature columns and {labels.LabelCount} label columns for a schema of {schema.FeatureCount} and {schema.LabelCount}", nameof(schema));
        Schema = schema;
        Features = features;
        Labels = labels;
        Weights = weights;
        Source = source;
    }

    /// <summary>The columns.</summary>
    public DatasetSchema Schema { get; }

    /// <summary>n × d feature values.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>n × q label bits.</summary>
    public LabelMatrix Labels { get; }

    /// <summary>n row weights, or null when every row weighs 1.</summary>
    public double[]? Weights { get; }

    /// <summary>The file the data set was read from, or null.</summary>
    public ArffSource? Source { get; }

    /// <summary>n, the number of rows.</summary>
    public int RowCount => Features.RowCount;

    /// <summary>An error of this data set, with the name of its file where it has one.</summary>
    internal AemloInputException Error(string reason) =>
        Source is null ? new AemloInputException(reason) : new AemloInputException(reason, Source.Path);

    /// <summary>The given rows as a data set of their own (without a source file).</summary>
    public MultiLabelDataset SelectRows(ReadOnlySpan<int> rows)
    {
        double[]? weights = null;
        if (Weights is not null)
        {
            weights = new double[rows.Length];
            for (int row = 0; row < rows.Length; row++)
                weights[row] = Weights[rows[row]];
        }

        return new MultiLabelDataset(Schema, Features.SelectRows(rows), Labels.SelectRows(rows), weights);
    }
}
