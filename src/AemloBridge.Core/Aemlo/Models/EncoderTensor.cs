using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Aemlo.Models;

/// <summary>A fitted encoder as one tensor: a row of numbers for each feature.</summary>
internal static class EncoderTensor
{
    private const int Numbers = 7;

    /// <summary>Minimum, maximum, fill, integral (0 or 1), smallest magnitude, share of ones and missing count of each feature.</summary>
    public static SafetensorsEntry Write(FeatureEncoder encoder)
    {
        double[] cells = [.. encoder.Columns.SelectMany(column => new[]
        {
            column.Minimum, column.Maximum, column.Fill, column.IsIntegral ? 1 : 0, column.SmallestMagnitude, column.ShareOfOnes, column.MissingCount,
        })];
        return SafetensorsEntry.Of("encoder", cells, encoder.Columns.Count, Numbers);
    }

    /// <exception cref="AemloModelFormatException">The tensor does not fit the schema.</exception>
    public static FeatureEncoder Read(SafetensorsEntry entry, DatasetSchema schema)
    {
        double[] cells = entry.Values<double>();
        if (cells.Length != schema.FeatureCount * Numbers)
            throw new AemloModelFormatException($"damaged: tensor 'encoder' has {cells.Length} cells for {schema.FeatureCount} features");
        var columns = new EncodedColumn[schema.FeatureCount];
        int first = 0;
        for (int feature = 0; feature < columns.Length; feature++)
        {
            DataAttribute attribute = schema.Features[feature];
            ReadOnlySpan<double> row = cells.AsSpan(feature * Numbers, Numbers);
            ColumnKind kind = !attribute.IsNominal ? ColumnKind.Numeric : attribute.Values.Count > 2 ? ColumnKind.OneHot : ColumnKind.Binary;
            if (kind == ColumnKind.OneHot && !double.IsNaN(row[2]) && !(row[2] >= 0 && row[2] < attribute.Values.Count))
                throw new AemloModelFormatException($"damaged: the encoder's value for '{attribute.Name}' is not one of the attribute's");
            int width = kind == ColumnKind.OneHot ? attribute.Values.Count : 1;
            columns[feature] = new EncodedColumn(kind, first, width, row[0], row[1], row[2], row[3] != 0, row[4], row[5], (int)row[6]);
            first += width;
        }

        return new FeatureEncoder(columns);
    }
}
