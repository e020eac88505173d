namespace AemloBridge.Resampling.Options;

/// <summary>An option with a value that cannot be used; the message names the option, the value and the range.</summary>
/// <param name="option">The option's name as the command line spells it, without dashes.</param>
/// <param name="reason">What is wrong and what would be right.</param>
public sealed class AemloOptionException(string option, string reason) : Exception($"--{option}: {reason}")
{
    /// <summary>The option's name as the command line spells it, without dashes.</summary>
    public string Option { get; } = option;
}
