using System.Globalization;
using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>The backslash escapes of quoted ARFF text, read as Weka's tokenizer reads them.</summary>
internal static class ArffEscapes
{
    /// <summary>
    /// Resolves the escapes of a quoted text: <c>\n \r \t \a \b \f \v</c>, octal <c>\ooo</c>, <c>\uXXXX</c>, and a backslash
    /// before any other character for that character.
    /// </summary>
    /// <param name="raw">The text between the quotes.</param>
    /// <param name="text">The text meant.</param>
    /// <param name="reason">Why it cannot be resolved; empty when it can.</param>
    public static bool TryResolve(string raw, out string text, out string reason)
    {
        var result = new StringBuilder(raw.Length);
        text = reason = string.Empty;
        for (int at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                result.Append(raw[at]);
                continue;
            }

            char escape = raw[++at];
            switch (escape)
            {
                case 'u' when at + 4 < raw.Length && ushort.TryParse(raw.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                    result.Append((char)code);
                    at += 4;
                    break;
                case 'u':
                    reason = @"\u is not followed by four hexadecimal digits";
                    return false;
                case >= '0' and <= '7':
                    result.Append(Octal(raw, ref at));
                    break;
                default:
                    result.Append(Single(escape));
                    break;
            }
        }

        text = result.ToString();
        if (IsWellFormed(text))
            return true;
        reason = @"\u names one half of a character without the other half (a lone surrogate)";
        return false;
    }

    private static char Single(char escape) => escape switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        _ => escape,
    };

    // Up to three digits, of which a first one above 3 leaves room for one more only: the value fits one byte.
    private static char Octal(string raw, ref int at)
    {
        int digits = raw[at] <= '3' ? 3 : 2;
        int value = raw[at] - '0';
        for (int digit = 1; digit < digits && at + 1 < raw.Length && raw[at + 1] is >= '0' and <= '7'; digit++)
            value = value * 8 + (raw[++at] - '0');
        return (char)value;
    }

    private static bool IsWellFormed(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return false;
            at++;
        }

        return true;
    }
}
