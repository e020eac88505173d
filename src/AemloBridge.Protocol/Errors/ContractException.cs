namespace AemloBridge.Protocol;

/// <summary>A message that breaks the rules its proto file states.</summary>
/// <param name="field">The path of the field in the request, for example <c>rows.sparse.columns</c> or <c>method.options[epochs]</c>.</param>
/// <param name="description">What is wrong, with 0-based row and column where they matter, and what is allowed. Holds no feature values.</param>
public sealed class ContractException(string field, string description) : Exception($"{field}: {description}")
{
    /// <summary>The path of the field at fault.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it, and what is allowed.</summary>
    public string Description { get; } = description;
}
