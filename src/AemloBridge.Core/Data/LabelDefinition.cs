namespace AemloBridge.Data;

/// <summary>One label: a two-valued nominal attribute, and which of its two values means "has the label".</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="AttributeIndex">0-based position among all attributes of the data set.</param>
/// <param name="PositiveValue">0-based position, in the declared values, of the one that means "has the label".</param>
/// <param name="Parent">0-based position, among the labels, of the parent in the label hierarchy; -1 for a root.</param>
public sealed record LabelDefinition(string Name, int AttributeIndex, int PositiveValue, int Parent = -1);
