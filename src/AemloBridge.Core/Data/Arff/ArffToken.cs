namespace AemloBridge.Data.Arff;

/// <summary>What a token of ARFF is.</summary>
internal enum ArffTokenKind
{
    /// <summary>The end of the line, or a comment that reaches there.</summary>
    End,

    /// <summary>A name or value without quotes.</summary>
    Word,

    /// <summary>A name or value in quotes.</summary>
    Quoted,

    /// <summary><c>{</c></summary>
    OpenBrace,

    /// <summary><c>}</c></summary>
    CloseBrace,

    /// <summary><c>,</c></summary>
    Comma,
}

/// <summary>A token as a place in its line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">The byte where it begins, its quote included.</param>
/// <param name="Start">The byte where its text begins.</param>
/// <param name="Length">The bytes of its text, without quotes, escapes not yet resolved.</param>
/// <param name="HasEscapes">True when the text holds a backslash to resolve.</param>
internal readonly record struct ArffToken(ArffTokenKind Kind, int Offset, int Start, int Length, bool HasEscapes = false)
{
    /// <summary>True for a name or value.</summary>
    public bool IsText => Kind is ArffTokenKind.Word or ArffTokenKind.Quoted;

    /// <summary>The bytes of the text within the token's line.</summary>
    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> line) => line.Slice(Start, Length);

    /// <summary>True for the unquoted <c>?</c>, which means missing; a quoted one is a value.</summary>
    public bool IsMissing(ReadOnlySpan<byte> line) => Kind == ArffTokenKind.Word && Length == 1 && line[Start] == (byte)'?';
}
