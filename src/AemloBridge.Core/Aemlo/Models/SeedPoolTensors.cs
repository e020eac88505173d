using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Aemlo.Models;

/// <summary>The seed rows as tensors: values dense or CSR as in the data set, labels bit-packed.</summary>
internal static class SeedPoolTensors
{
    /// <summary>The tensor with a cell for each seed row.</summary>
    public const string Positions = "seeds.positions";

    public static IEnumerable<SafetensorsEntry> Write(SeedPool seeds)
    {
        FeatureMatrix features = seeds.Data.Features;
        int rows = seeds.Count;
        var values = new List<double>();
        var columns = new List<int>();
        var starts = new List<long> { 0 };
        var words = new List<ulong>();
        for (int row = 0; row < rows; row++)
        {
            values.AddRange(features.RowValues(row));
            if (features.IsSparse)
                columns.AddRange(features.RowColumns(row));
            starts.Add(values.Count);
            words.AddRange(seeds.Data.Labels.RowWords(row));
        }

        yield return SafetensorsEntry.Of(Positions, seeds.Positions);
        yield return SafetensorsEntry.Of("seeds.values", values.ToArray());
        if (features.IsSparse)
        {
            yield return SafetensorsEntry.Of("seeds.columns", columns.ToArray());
            yield return SafetensorsEntry.Of("seeds.row_starts", starts.ToArray());
        }

        yield return SafetensorsEntry.Of("seeds.labels", words.ToArray());
        yield return SafetensorsEntry.Of("seeds.sparse", [features.IsSparse ? 1 : 0]);
        yield return SafetensorsEntry.Of("seeds.weights", seeds.Data.Weights ?? []);
    }

    /// <exception cref="AemloModelFormatException">The tensors do not fit together.</exception>
    public static SeedPool Read(Func<string, SafetensorsEntry> entry, DatasetSchema schema)
    {
        try
        {
            int[] positions = entry(Positions).Values<int>();
            double[] values = entry("seeds.values").Values<double>();
            FeatureMatrix features = entry("seeds.sparse").Values<int>() is [1]
                ? FeatureMatrix.Sparse(schema.FeatureCount, entry("seeds.row_starts").Values<long>(), entry("seeds.columns").Values<int>(), values)
                : FeatureMatrix.Dense(positions.Length, schema.FeatureCount, values);
            // A code outside the attribute's values would index past its columns later on.
            if (FeatureValues.FindInvalid(schema, features) is { } problem)
                throw new AemloModelFormatException($"damaged: among its seed rows, {problem}");
            double[] weights = entry("seeds.weights").Values<double>();
            LabelMatrix labels = Labels(entry("seeds.labels").Values<ulong>(), positions.Length, schema.LabelCount);
            var data = new MultiLabelDataset(schema, features, labels, weights.Length == 0 ? null : weights);
            return new SeedPool(data, positions);
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new AemloModelFormatException("damaged: its seed rows do not fit together", exception);
        }
    }

    private static LabelMatrix Labels(ulong[] words, int rows, int labelCount)
    {
        var labels = new LabelMatrix(rows, labelCount);
        int perRow = (labelCount + 63) / 64;
        ArgumentOutOfRangeException.ThrowIfNotEqual(words.LongLength, (long)rows * perRow);
        for (int row = 0; row < rows; row++)
        {
            for (int label = 0; label < labelCount; label++)
                labels[row, label] = ((words[row * perRow + (label >> 6)] >> (label & 63)) & 1) != 0;
        }

        return labels;
    }
}
