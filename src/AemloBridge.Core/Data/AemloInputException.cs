namespace AemloBridge.Data;

/// <summary>
/// Input that cannot be used as it stands: the message names the file, and where they are known the line, the column
/// and the attribute, says what was expected, and what to do.
/// </summary>
public sealed class AemloInputException : Exception
{
    /// <summary>An error with no place in a file.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    public AemloInputException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a place: the message becomes <c>file:line:column: attribute 'name': reason</c>.</summary>
    /// <param name="reason">What is wrong and what to do about it.</param>
    /// <param name="file">The file it stands in.</param>
    /// <param name="line">1-based line, 0 when the error belongs to the whole file.</param>
    /// <param name="column">1-based column in characters, 0 when the error belongs to the whole line.</param>
    /// <param name="attribute">The attribute concerned, or null.</param>
    /// <param name="inner">What the system said, if it did.</param>
    public AemloInputException(string reason, string file, long line = 0, long column = 0, string? attribute = null, Exception? inner = null)
        : base(Compose(reason, file, line, column, attribute), inner)
    {
        Reason = reason;
        File = file;
        Line = line;
        Column = column;
        Attribute = attribute;
    }

    /// <summary>The reason alone, without the place.</summary>
    public string? Reason { get; }

    /// <summary>The file concerned, or null.</summary>
    public string? File { get; }

    /// <summary>1-based line, or 0.</summary>
    public long Line { get; }

    /// <summary>1-based column in characters, or 0.</summary>
    public long Column { get; }

    /// <summary>The attribute concerned, or null.</summary>
    public string? Attribute { get; }

    private static string Compose(string reason, string file, long line, long column, string? attribute)
    {
        string place = line <= 0 ? file : column <= 0 ? $"{file}:{line}" : $"{file}:{line}:{column}";
        return attribute is null ? $"{place}: {reason}" : $"{place}: attribute '{attribute}': {reason}";
    }
}
