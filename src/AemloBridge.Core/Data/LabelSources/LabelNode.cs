namespace AemloBridge.Data.LabelSources;

/// <summary>A label as a label file lists it.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Parent">Position in the list of the label above it, -1 for none.</param>
/// <param name="Line">1-based line in the label file.</param>
/// <param name="Column">1-based column in the label file.</param>
internal readonly record struct LabelNode(string Name, int Parent, int Line, int Column);
