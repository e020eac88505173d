using AemloBridge.Data;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Small data sets made in memory.</summary>
internal static class TestData
{
    /// <summary>Numeric features that depend on the labels; the last label is rare enough to be a minority label.</summary>
    public static MultiLabelDataset Numeric(int rows = 120, int features = 7, int labels = 4, int rare = 6, long seed = 1, bool sparse = false)
    {
        var random = new SeededRandom(seed, RandomStream.Sample);
        var values = new double[rows * features];
        var matrix = new LabelMatrix(rows, labels);
        for (int row = 0; row < rows; row++)
        {
            for (int label = 0; label < labels - 1; label++)
                matrix[row, label] = random.NextDouble() < 0.4;
            matrix[row, labels - 1] = row < rare;
            for (int feature = 0; feature < features; feature++)
            {
                double level = matrix[row, feature % labels] ? 1 : 0;
                values[row * features + feature] = sparse && random.NextDouble() < 0.6 ? 0 : Math.Round(level + random.NextDouble(), 3);
            }
        }

        DataAttribute[] attributes =
        [
            .. Enumerable.Range(0, features).Select(index => DataAttribute.Numeric($"x{index}")),
            .. Enumerable.Range(0, labels).Select(index => DataAttribute.Nominal($"y{index}", "0", "1")),
        ];
        return new MultiLabelDataset(Schema(attributes, labels), Matrix(rows, features, values, sparse), matrix);
    }

    /// <summary>Numeric, whole-number, two-valued and four-valued features with some values missing.</summary>
    public static MultiLabelDataset Mixed(int rows = 120, int rare = 6, long seed = 1, bool sparse = false)
    {
        var random = new SeededRandom(seed, RandomStream.Sample);
        DataAttribute[] attributes =
        [
            DataAttribute.Numeric("real"),
            DataAttribute.Numeric("whole", "integer"),
            DataAttribute.Nominal("two", "no", "yes"),
            DataAttribute.Nominal("four", "a", "b", "c", "d"),
            DataAttribute.Numeric("gaps"),
            DataAttribute.Nominal("y0", "0", "1"),
            DataAttribute.Nominal("y1", "1", "0"),
            DataAttribute.Nominal("y2", "0", "1"),
        ];
        const int Features = 5;
        var values = new double[rows * Features];
        var matrix = new LabelMatrix(rows, 3);
        for (int row = 0; row < rows; row++)
        {
            matrix[row, 0] = random.NextDouble() < 0.5;
            matrix[row, 1] = random.NextDouble() < 0.3;
            matrix[row, 2] = row < rare;
            Span<double> cells = values.AsSpan(row * Features, Features);
            cells[0] = random.NextDouble() * 10 - 5;
            cells[1] = random.NextInt(9);
            cells[2] = random.NextDouble() < (matrix[row, 0] ? 0.8 : 0.1) ? 1 : 0;
            cells[3] = random.NextInt(4);
            cells[4] = random.NextDouble() < 0.2 ? double.NaN : random.NextDouble();
        }

        return new MultiLabelDataset(Schema(attributes, 3), Matrix(rows, Features, values, sparse), matrix);
    }

    /// <summary>A data set from literal cells; labels are the last <paramref name="labels"/> columns, as 0 and 1.</summary>
    public static MultiLabelDataset Literal(DataAttribute[] features, int labels, double[][] rows)
    {
        int d = features.Length;
        var matrix = new LabelMatrix(rows.Length, labels);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int label = 0; label < labels; label++)
                matrix[row, label] = rows[row][d + label] != 0;
        }

        DataAttribute[] attributes = [.. features, .. Enumerable.Range(0, labels).Select(index => DataAttribute.Nominal($"y{index}", "0", "1"))];
        return new MultiLabelDataset(Schema(attributes, labels), Matrix(rows.Length, d, [.. rows.SelectMany(row => row.Take(d))], false), matrix);
    }

    private static DatasetSchema Schema(DataAttribute[] attributes, int labels)
    {
        int first = attributes.Length - labels;
        return new DatasetSchema("test", attributes, [.. Enumerable.Range(0, labels).Select(index =>
            new LabelDefinition(attributes[first + index].Name, first + index, attributes[first + index].Values.ToList().IndexOf("1")))]);
    }

    private static FeatureMatrix Matrix(int rows, int columns, double[] values, bool sparse)
    {
        var builder = new FeatureMatrixBuilder(columns, sparse);
        for (int row = 0; row < rows; row++)
            builder.AddDenseRow(values.AsSpan(row * columns, columns));
        return builder.Build();
    }
}
