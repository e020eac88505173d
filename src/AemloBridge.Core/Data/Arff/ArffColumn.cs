using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Where the values of one attribute go.</summary>
internal sealed class ArffColumn
{
    private ArffColumn(DataAttribute attribute, NominalCodes? codes)
    {
        Attribute = attribute;
        Codes = codes;
    }

    /// <summary>The attribute as declared.</summary>
    public DataAttribute Attribute { get; }

    /// <summary>Its values; null for a numeric attribute.</summary>
    public NominalCodes? Codes { get; }

    /// <summary>0-based feature, -1 for a label.</summary>
    public int Feature { get; private set; } = -1;

    /// <summary>0-based label, -1 for a feature.</summary>
    public int Label { get; private set; } = -1;

    /// <summary>For a label the code that means "has the label".</summary>
    public int PositiveCode { get; private set; }

    /// <summary>The columns of a schema, in the file's order.</summary>
    public static ArffColumn[] ForSchema(DatasetSchema schema, Encoding encoding)
    {
        // Thousands of attributes share a few lists of values, {0,1} above all.
        var codesOfValues = new Dictionary<string, NominalCodes>(StringComparer.Ordinal);
        var columns = new ArffColumn[schema.Attributes.Count];
        for (int index = 0; index < columns.Length; index++)
        {
            DataAttribute attribute = schema.Attributes[index];
            NominalCodes? codes = null;
            if (attribute.IsNominal)
            {
                string key = string.Join('\n', attribute.Values.Select(value => $"{value.Length}:{value}"));
                if (!codesOfValues.TryGetValue(key, out codes))
                    codesOfValues[key] = codes = new NominalCodes(attribute.Values, encoding);
            }

            columns[index] = new ArffColumn(attribute, codes);
        }

        for (int feature = 0; feature < schema.FeatureCount; feature++)
            columns[schema.FeatureIndices[feature]].Feature = feature;
        for (int label = 0; label < schema.LabelCount; label++)
        {
            ArffColumn column = columns[schema.Labels[label].AttributeIndex];
            column.Label = label;
            column.PositiveCode = schema.Labels[label].PositiveValue;
        }

        return columns;
    }
}
