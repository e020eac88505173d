namespace AemloBridge.Data;

/// <summary>What the columns of a data set are: attributes in the file's order, and which of them are labels.</summary>
/// <remarks>Features and labels are numbered apart, each in the order of the file; that order decides every random draw.</remarks>
public sealed class DatasetSchema
{
    /// <summary>Builds a schema; labels are sorted into the order of the attributes.</summary>
    /// <param name="relationName">The relation's name, unquoted, with MEKA's options if it has any.</param>
    /// <param name="attributes">All attributes, labels included, in the file's order.</param>
    /// <param name="labels">The labels; <see cref="LabelDefinition.Parent"/> counts in the order given.</param>
    /// <exception cref="ArgumentException">A label is named twice, is not nominal with two values, or has a parent that does not exist.</exception>
    public DatasetSchema(string relationName, IReadOnlyList<DataAttribute> attributes, IReadOnlyList<LabelDefinition> labels)
    {
        RelationName = relationName;
        Attributes = attributes;
        Labels = InAttributeOrder(labels);
        var isLabel = new bool[attributes.Count];
        foreach (LabelDefinition label in Labels)
        {
            DataAttribute attribute = attributes[label.AttributeIndex];
            if (!attribute.IsNominal || attribute.Values.Count != 2)
                throw new ArgumentException($"label '{attribute.Name}' is not a nominal attribute with two values", nameof(labels));
            if (isLabel[label.AttributeIndex])
                throw new ArgumentException($"label '{attribute.Name}' is listed twice", nameof(labels));
            isLabel[label.AttributeIndex] = true;
        }

        RequireNoCycle();
        FeatureIndices = [.. Enumerable.Range(0, attributes.Count).Where(index => !isLabel[index])];
        Features = [.. FeatureIndices.Select(index => attributes[index])];
    }

    /// <summary>The relation's name, unquoted, with MEKA's options if it has any.</summary>
    public string RelationName { get; }

    /// <summary>All attributes, labels included, in the file's order.</summary>
    public IReadOnlyList<DataAttribute> Attributes { get; }

    /// <summary>The feature attributes (d of them), in the file's order.</summary>
    public IReadOnlyList<DataAttribute> Features { get; }

    /// <summary>For each feature its position among all attributes.</summary>
    public IReadOnlyList<int> FeatureIndices { get; }

    /// <summary>The labels (q of them), in the file's order.</summary>
    public IReadOnlyList<LabelDefinition> Labels { get; }

    /// <summary>d, the number of features.</summary>
    public int FeatureCount => Features.Count;

    /// <summary>q, the number of labels.</summary>
    public int LabelCount => Labels.Count;

    /// <summary>True when some label has a parent.</summary>
    public bool HasHierarchy => Labels.Any(label => label.Parent >= 0);

    // Linear: each label is walked over once, marked with the number of the walk that met it first.
    private void RequireNoCycle()
    {
        var walk = new int[Labels.Count];
        for (int start = 0; start < walk.Length; start++)
        {
            int at = start;
            for (; at >= 0 && walk[at] == 0; at = Labels[at].Parent)
                walk[at] = start + 1;
            if (at >= 0 && walk[at] == start + 1)
                throw new ArgumentException($"label '{Labels[at].Name}' is among its own ancestors");
        }
    }

    private static LabelDefinition[] InAttributeOrder(IReadOnlyList<LabelDefinition> labels)
    {
        int[] order = [.. Enumerable.Range(0, labels.Count).OrderBy(index => labels[index].AttributeIndex)];
        var position = new int[labels.Count];
        for (int rank = 0; rank < order.Length; rank++)
            position[order[rank]] = rank;
        return [.. order.Select(index => Moved(labels[index]))];

        LabelDefinition Moved(LabelDefinition label)
        {
            if (label.Parent >= labels.Count)
                throw new ArgumentException($"label '{label.Name}' has parent number {label.Parent}, but there are {labels.Count} labels", nameof(labels));
            return label.Parent < 0 ? label with { Parent = -1 } : label with { Parent = position[label.Parent] };
        }
    }
}
