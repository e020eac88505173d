using AemloBridge.Data;

namespace AemloBridge.Aemlo.Generation;

/// <summary>Whether a data set has the columns a model was trained on.</summary>
internal static class SchemaMatch
{
    private const string Advice = "give the data the model was trained on, or other rows with the same columns and labels";

    /// <summary>Requires the same attributes and labels, in the same order.</summary>
    /// <exception cref="AemloInputException">The first difference is named, and the data set's file.</exception>
    public static void Require(DatasetSchema model, MultiLabelDataset data)
    {
        if (Difference(model, data.Schema) is { } difference)
            throw data.Error($"{difference}; {Advice}");
    }

    /// <summary>The same for a data set of which the columns alone are known.</summary>
    /// <exception cref="AemloInputException">The first difference is named.</exception>
    public static void Require(DatasetSchema model, DatasetSchema data)
    {
        if (Difference(model, data) is { } difference)
            throw new AemloInputException($"{difference}; {Advice}");
    }

    private static string? Difference(DatasetSchema model, DatasetSchema data)
    {
        if (model.Attributes.Count != data.Attributes.Count)
            return $"the data set has {data.Attributes.Count} attributes, the model was trained on {model.Attributes.Count}";
        for (int index = 0; index < model.Attributes.Count; index++)
        {
            DataAttribute expected = model.Attributes[index], found = data.Attributes[index];
            if (expected.Name != found.Name)
                return $"attribute {index + 1} of the data set is '{found.Name}', the model was trained on '{expected.Name}' there";
            if (expected.Kind != found.Kind || !expected.Values.SequenceEqual(found.Values))
                return $"attribute '{found.Name}' is {Type(found)}, the model was trained on {Type(expected)}";
        }

        return LabelDifference(model, data);
    }

    private static string? LabelDifference(DatasetSchema model, DatasetSchema data)
    {
        Dictionary<int, LabelDefinition> given = data.Labels.ToDictionary(label => label.AttributeIndex);
        foreach (LabelDefinition expected in model.Labels)
        {
            if (!given.Remove(expected.AttributeIndex, out LabelDefinition? found))
                return $"'{expected.Name}' is a label of the model and a feature of the data set (--labels)";
            if (expected.PositiveValue != found.PositiveValue)
                return $"label '{found.Name}' counts as there where it is '{Positive(data, found)}', for the model where it is '{Positive(model, expected)}' (--positive)";
            if (Parent(model, expected) != Parent(data, found))
                return $"label '{found.Name}' has {Parent(data, found)}, in the model {Parent(model, expected)} (--labels)";
        }

        return given.Count == 0 ? null : $"'{given.Values.First().Name}' is a label of the data set and a feature of the model (--labels)";
    }

    private static string Type(DataAttribute attribute) => attribute.IsNominal ? $"nominal with {attribute.Values.Count} values ({Shown(attribute.Values)})" : "numeric";

    private static string Shown(IReadOnlyList<string> values)
    {
        const int Most = 5;
        return string.Join(", ", values.Take(Most).Select(value => $"'{value}'")) + (values.Count > Most ? ", ..." : "");
    }

    private static string Positive(DatasetSchema schema, LabelDefinition label) => schema.Attributes[label.AttributeIndex].Values[label.PositiveValue];

    private static string Parent(DatasetSchema schema, LabelDefinition label) => label.Parent < 0 ? "no parent" : $"the parent '{schema.Labels[label.Parent].Name}'";
}
