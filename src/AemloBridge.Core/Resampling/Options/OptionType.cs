namespace AemloBridge.Resampling.Options;

/// <summary>What kind of value an option takes.</summary>
public enum OptionType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A real number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One of a list of words.</summary>
    Choice,
}
