namespace AemloBridge.Resampling.Options;

/// <summary>The word of an enumeration value whose name does not spell it.</summary>
/// <param name="word">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class OptionWordAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word { get; } = word;
}
