using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>The way between a schema and its message.</summary>
public static class SchemaContract
{
    private static readonly string[] NumericTypes = ["numeric", "real", "integer"];

    /// <summary>The message of a schema.</summary>
    public static V1.DatasetSchema ToMessage(DatasetSchema schema)
    {
        var message = new V1.DatasetSchema { RelationName = schema.RelationName };
        message.Attributes.AddRange(schema.Attributes.Select(ToMessage));
        message.Labels.AddRange(schema.Labels.Select(ToMessage));
        return message;
    }

    /// <summary>The schema of a message that may come from anywhere.</summary>
    /// <exception cref="ContractException">It breaks a rule of schema.proto.</exception>
    /// <exception cref="DatasetTooLargeException">More features or labels than the limits allow.</exception>
    public static DatasetSchema FromMessage(V1.DatasetSchema message, DatasetLimits limits) => FromMessage(message, limits, "header.schema");

    internal static DatasetSchema FromMessage(V1.DatasetSchema message, DatasetLimits limits, string path)
    {
        DatasetLimits.Require("labels", message.Labels.Count, limits.MaxLabels);
        DatasetLimits.Require("features", Math.Max(0, message.Attributes.Count - message.Labels.Count), limits.MaxFeatures);
        if (message.Labels.Count == 0)
            throw new ContractException($"{path}.labels", "is empty; at least one label is needed");
        if (message.Attributes.Count <= message.Labels.Count)
            throw new ContractException($"{path}.attributes", FormattableString.Invariant($"{message.Attributes.Count} attributes for {message.Labels.Count} labels; at least one more is needed, a feature"));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var attributes = new DataAttribute[message.Attributes.Count];
        for (int index = 0; index < attributes.Length; index++)
            attributes[index] = FromMessage(message.Attributes[index], names, FormattableString.Invariant($"{path}.attributes[{index}]"));
        return new DatasetSchema(message.RelationName, attributes, Labels(message, attributes, path));
    }

    private static V1.Attribute ToMessage(DataAttribute attribute)
    {
        var message = new V1.Attribute { Name = attribute.Name };
        if (attribute.IsNominal)
        {
            message.Nominal = new V1.NominalType();
            message.Nominal.Values.AddRange(attribute.Values);
        }
        else
        {
            message.Numeric = new V1.NumericType { DeclaredType = attribute.DeclaredType };
        }

        return message;
    }

    private static V1.Label ToMessage(LabelDefinition label)
    {
        var message = new V1.Label { AttributeIndex = (uint)label.AttributeIndex, PositiveValue = (uint)label.PositiveValue };
        if (label.Parent >= 0)
            message.Parent = (uint)label.Parent;
        return message;
    }

    private static DataAttribute FromMessage(V1.Attribute message, HashSet<string> names, string path)
    {
        if (message.Name.Length == 0)
            throw new ContractException($"{path}.name", "is empty; every attribute needs a name");
        if (!names.Add(message.Name))
            throw new ContractException($"{path}.name", "an attribute before it has the same name; names must be unique");
        switch (message.TypeCase)
        {
            case V1.Attribute.TypeOneofCase.Numeric:
                string declared = message.Numeric.DeclaredType.Length == 0 ? NumericTypes[0] : message.Numeric.DeclaredType;
                if (!NumericTypes.Contains(declared))
                    throw new ContractException($"{path}.numeric.declared_type", $"is not one of the words; allowed: {string.Join(", ", NumericTypes)}, or empty");
                return DataAttribute.Numeric(message.Name, declared);
            case V1.Attribute.TypeOneofCase.Nominal:
                return DataAttribute.Nominal(message.Name, Values(message.Nominal, $"{path}.nominal.values"));
            default:
                throw new ContractException($"{path}.type", "is not set; allowed: numeric or nominal");
        }
    }

    private static string[] Values(V1.NominalType message, string path)
    {
        if (message.Values.Count == 0)
            throw new ContractException(path, "is empty; a nominal attribute needs at least one value");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < message.Values.Count; index++)
        {
            if (!seen.Add(message.Values[index]))
                throw new ContractException(FormattableString.Invariant($"{path}[{index}]"), "a value before it is the same; values must be unique");
        }

        return [.. message.Values];
    }

    private static LabelDefinition[] Labels(V1.DatasetSchema message, DataAttribute[] attributes, string path)
    {
        var labels = new LabelDefinition[message.Labels.Count];
        long previous = -1;
        for (int index = 0; index < labels.Length; index++)
        {
            V1.Label label = message.Labels[index];
            string place = FormattableString.Invariant($"{path}.labels[{index}]");
            if (label.AttributeIndex >= attributes.Length)
                throw new ContractException($"{place}.attribute_index", FormattableString.Invariant($"there are {attributes.Length} attributes, numbered from 0"));
            if (label.AttributeIndex <= previous)
                throw new ContractException($"{place}.attribute_index", "must be greater than that of the label before; labels come in the order of their attributes");
            previous = label.AttributeIndex;
            DataAttribute attribute = attributes[label.AttributeIndex];
            if (attribute.Values.Count != 2)
                throw new ContractException($"{place}.attribute_index", FormattableString.Invariant($"attribute {label.AttributeIndex} is not nominal with two values, as a label must be"));
            if (label.PositiveValue > 1)
                throw new ContractException($"{place}.positive_value", "must be 0 or 1");
            if (label.HasParent && label.Parent >= labels.Length)
                throw new ContractException($"{place}.parent", FormattableString.Invariant($"there are {labels.Length} labels, numbered from 0"));
            labels[index] = new LabelDefinition(attribute.Name, (int)label.AttributeIndex, (int)label.PositiveValue, label.HasParent ? (int)label.Parent : -1);
        }

        RequireNoCycle(labels, path);
        return labels;
    }

    // Linear: each label is walked over once, marked with the number of the walk that met it first.
    private static void RequireNoCycle(LabelDefinition[] labels, string path)
    {
        var walk = new int[labels.Length];
        for (int start = 0; start < labels.Length; start++)
        {
            int at = start;
            while (at >= 0 && walk[at] == 0)
            {
                walk[at] = start + 1;
                at = labels[at].Parent;
            }

            if (at >= 0 && walk[at] == start + 1)
                throw new ContractException(FormattableString.Invariant($"{path}.labels[{at}].parent"), "the label is among its own ancestors; parents must form no cycle");
        }
    }
}
