using System.Buffers;

namespace AemloBridge.Data.Arff;

/// <summary>Cuts one line into tokens by the rules that Weka's reader follows, but refuses what it silently mends.</summary>
internal static class ArffTokenizer
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create([.. Enumerable.Range(0, 33).Select(code => (byte)code), .. ",{}%'\""u8]);

    /// <summary>True for what separates tokens and is nothing else: the space and all control characters.</summary>
    public static bool IsBlank(byte unit) => unit <= (byte)' ';

    /// <summary>True where a value without quotes ends.</summary>
    public static bool EndsWord(byte unit) => IsBlank(unit) || unit is (byte)',' or (byte)'{' or (byte)'}' or (byte)'%' or (byte)'\'' or (byte)'"';

    /// <summary>The first byte at or after <paramref name="position"/> that is not blank.</summary>
    public static int SkipBlanks(ReadOnlySpan<byte> line, int position)
    {
        while (position < line.Length && IsBlank(line[position]))
            position++;
        return position;
    }

    /// <summary>The token at <paramref name="position"/>, which is moved behind it.</summary>
    /// <exception cref="AemloInputException">A quote that is not closed, or one in the middle of a word.</exception>
    public static ArffToken Next(ReadOnlySpan<byte> line, ref int position, ArffPlace place, string? attribute = null)
    {
        position = SkipBlanks(line, position);
        if (position >= line.Length || line[position] == (byte)'%')
            return new ArffToken(ArffTokenKind.End, position, position, 0);
        int offset = position;
        switch (line[offset])
        {
            case (byte)'{':
                return new ArffToken(ArffTokenKind.OpenBrace, offset, position++, 1);
            case (byte)'}':
                return new ArffToken(ArffTokenKind.CloseBrace, offset, position++, 1);
            case (byte)',':
                return new ArffToken(ArffTokenKind.Comma, offset, position++, 1);
            case (byte)'\'' or (byte)'"':
                return Quoted(line, ref position, place, attribute);
            default:
                return Word(line, ref position, place, attribute);
        }
    }

    /// <summary>The text of a name or value, escapes resolved.</summary>
    /// <exception cref="AemloInputException">An escape that is not one.</exception>
    public static string Text(in ArffToken token, ReadOnlySpan<byte> line, ArffPlace place, string? attribute = null)
    {
        string raw = place.Text(token.Bytes(line));
        if (!token.HasEscapes)
            return raw;
        return ArffEscapes.TryResolve(raw, out string text, out string reason)
            ? text
            : throw place.Error(line, token.Offset, reason, attribute);
    }

    private static ArffToken Word(ReadOnlySpan<byte> line, ref int position, ArffPlace place, string? attribute)
    {
        int start = position;
        int length = line[start..].IndexOfAny(WordEnds);
        position = length < 0 ? line.Length : start + length;
        if (position < line.Length && line[position] is (byte)'\'' or (byte)'"')
            throw place.Error(line, position, "a quote in the middle of a name or value; put the whole in quotes and write a backslash before the inner one", attribute);
        return new ArffToken(ArffTokenKind.Word, start, start, position - start);
    }

    private static ArffToken Quoted(ReadOnlySpan<byte> line, ref int position, ArffPlace place, string? attribute)
    {
        int offset = position;
        byte quote = line[offset];
        bool escapes = false;
        int at = offset + 1;
        while (true)
        {
            int found = at >= line.Length ? -1 : line[at..].IndexOfAny(quote, (byte)'\\');
            if (found < 0)
                throw place.Error(line, offset, $"the quote {(char)quote} is not closed on its line", attribute);
            at += found;
            if (line[at] == quote)
                break;
            escapes = true;
            at += 2;
        }

        position = at + 1;
        if (position < line.Length && !EndsWord(line[position]))
            throw place.Error(line, position, "text directly after a closing quote; a comma or a space was expected", attribute);
        return new ArffToken(ArffTokenKind.Quoted, offset, offset + 1, at - offset - 1, escapes);
    }
}
