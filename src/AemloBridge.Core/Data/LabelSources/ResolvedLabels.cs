namespace AemloBridge.Data.LabelSources;

/// <summary>The labels of a data set, found.</summary>
/// <param name="Definitions">The labels in the order they were named.</param>
/// <param name="XmlPath">The label file they came from, or null.</param>
/// <param name="Xml">That file's bytes, or null.</param>
/// <param name="Warnings">Polarities that were taken, not known.</param>
internal sealed record ResolvedLabels(IReadOnlyList<LabelDefinition> Definitions, string? XmlPath, byte[]? Xml, IReadOnlyList<string> Warnings);
