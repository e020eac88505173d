using System.Globalization;
using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Writes names and values so that Weka, and this program, read the same text back.</summary>
internal static class ArffQuoting
{
    /// <summary>The text as it is written in an ARFF file, in quotes where it needs them.</summary>
    /// <param name="text">A name or a value.</param>
    /// <param name="latin1">True when the file is Latin-1, where other characters need an escape.</param>
    public static string Quote(string text, bool latin1 = false)
    {
        if (!NeedsQuotes(text, latin1))
            return text;
        var quoted = new StringBuilder(text.Length + 8).Append('\'');
        foreach (char unit in text)
            Append(quoted, unit, latin1);
        return quoted.Append('\'').ToString();
    }

    private static bool NeedsQuotes(string text, bool latin1)
    {
        if (text.Length == 0 || text == "?")
            return true;
        foreach (char unit in text)
        {
            if (unit <= ' ' || unit is ',' or '{' or '}' or '%' or '\'' or '"' or '\\' || (latin1 && unit > '\xFF'))
                return true;
        }

        // A first character that looks like a byte order mark or a range would be safe, but unusual enough to protect.
        return text[0] is '[' or '\uFEFF';
    }

    private static void Append(StringBuilder quoted, char unit, bool latin1)
    {
        switch (unit)
        {
            case '\n':
                quoted.Append(@"\n");
                break;
            case '\r':
                quoted.Append(@"\r");
                break;
            case '\t':
                quoted.Append(@"\t");
                break;
            case '\'' or '"' or '\\' or '%':
                quoted.Append('\\').Append(unit);
                break;
            case '\x1E':
                // The one control character that Weka itself writes in this form.
                quoted.Append(@"\u001E");
                break;
            case < ' ':
                // Weka reads octal escapes back, but not \uXXXX.
                quoted.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
                break;
            case > '\xFF' when latin1:
                quoted.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}");
                break;
            default:
                quoted.Append(unit);
                break;
        }
    }
}
