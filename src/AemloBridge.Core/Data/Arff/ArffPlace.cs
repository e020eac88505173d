using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Where reading has come to in a file, and how its bytes are text: what every error of the reader needs.</summary>
internal sealed class ArffPlace
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The start of a file.</summary>
    /// <param name="file">The name to show.</param>
    /// <param name="invalidLine">The first line that is not valid UTF-8, in a file that is read as Latin-1; otherwise null.</param>
    public ArffPlace(string file, long? invalidLine)
    {
        File = file;
        InvalidLine = invalidLine;
        Encoding = EncodingOf(IsLatin1);
    }

    /// <summary>The name to show.</summary>
    public string File { get; }

    /// <summary>True when the bytes are Latin-1, not UTF-8.</summary>
    public bool IsLatin1 => InvalidLine is not null;

    /// <summary>The 1-based first line that is not valid UTF-8, or null.</summary>
    public long? InvalidLine { get; }

    /// <summary>UTF-8, or Latin-1.</summary>
    public Encoding Encoding { get; }

    /// <summary>1-based number of the line being read; 0 before the first.</summary>
    public long Line { get; set; }

    /// <summary>How text is written into a file.</summary>
    public static Encoding EncodingOf(bool latin1) => latin1 ? Encoding.Latin1 : Utf8;

    /// <summary>The text of some bytes of the file.</summary>
    public string Text(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes);

    /// <summary>An error at a byte of the current line; the column is counted in characters.</summary>
    public AemloInputException Error(ReadOnlySpan<byte> line, int offset, string reason, string? attribute = null) =>
        new(reason, File, Line, Column(line, offset), attribute);

    /// <summary>The 1-based column, in characters, of a byte of a line.</summary>
    public int Column(ReadOnlySpan<byte> line, int offset)
    {
        ReadOnlySpan<byte> before = line[..Math.Min(offset, line.Length)];
        if (IsLatin1)
            return before.Length + 1;
        int column = 1;

        // One character per byte that does not continue another.
        foreach (byte unit in before)
            column += (unit & 0xC0) == 0x80 ? 0 : 1;
        return column;
    }

    /// <summary>At most 40 characters of a text, quoted, for a message.</summary>
    public static string Quoted(string text)
    {
        string shown = text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");
        return $"'{shown}'";
    }
}
