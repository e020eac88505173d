namespace AemloBridge.Data;

/// <summary>The two files that a data set is written to.</summary>
/// <param name="ArffPath">The data.</param>
/// <param name="XmlPath">The labels, in Mulan's XML, beside it.</param>
public sealed record ArffOutputFiles(string ArffPath, string XmlPath);
