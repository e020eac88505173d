using System.Globalization;
using System.Text;

namespace AemloBridge.Data;

/// <summary>Which attributes of an ARFF file are the labels.</summary>
public sealed class LabelSelection
{
    private const string FirstPrefix = "first:";
    private const string LastPrefix = "last:";

    private LabelSelection(LabelSelectionKind kind, int count = 0, string? xmlPath = null, IReadOnlyList<string>? names = null)
    {
        Kind = kind;
        Count = count;
        XmlPath = xmlPath;
        LabelNames = names ?? [];
    }

    /// <summary>
    /// MEKA's <c>-C n</c> in the relation name if there is one, otherwise the XML file of the same base name beside the
    /// ARFF file, otherwise an error that says how labels can be named.
    /// </summary>
    public static LabelSelection Automatic { get; } = new(LabelSelectionKind.Automatic);

    /// <summary>How the labels are found.</summary>
    public LabelSelectionKind Kind { get; }

    /// <summary>The number of labels at the beginning or the end; 0 for the other kinds.</summary>
    public int Count { get; }

    /// <summary>The Mulan XML file, or null for the other kinds.</summary>
    public string? XmlPath { get; }

    /// <summary>The labels by name; empty for the other kinds.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>The labels that a Mulan XML file lists, with their hierarchy.</summary>
    public static LabelSelection Xml(string path) => new(LabelSelectionKind.Xml, xmlPath: path);

    /// <summary>The first <paramref name="count"/> attributes.</summary>
    /// <exception cref="AemloInputException">The count is below 1.</exception>
    public static LabelSelection First(int count) => new(LabelSelectionKind.First, AtLeastOne(count));

    /// <summary>The last <paramref name="count"/> attributes.</summary>
    /// <exception cref="AemloInputException">The count is below 1.</exception>
    public static LabelSelection Last(int count) => new(LabelSelectionKind.Last, AtLeastOne(count));

    /// <summary>The attributes of these names, at any position.</summary>
    /// <exception cref="AemloInputException">There is none, or one is given twice.</exception>
    public static LabelSelection Names(params IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new AemloInputException("no label is named; at least one is needed");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!known.Add(name))
                throw new AemloInputException($"the label '{name}' is named twice; name each label once");
        }

        return new LabelSelection(LabelSelectionKind.Names, names: [.. names]);
    }

    /// <summary>
    /// Reads what a user wrote: the path of an XML file, <c>first:N</c>, <c>last:N</c>, or names with commas between them (a
    /// name with commas or blanks at its ends in quotes); null for <see cref="Automatic"/>. The path of an existing file
    /// wins over a name.
    /// </summary>
    /// <exception cref="AemloInputException">It is none of these.</exception>
    public static LabelSelection Parse(string? text)
    {
        if (text is null)
            return Automatic;
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            throw new AemloInputException($"the labels are empty; {Possibilities}");
        if (File.Exists(text))
            return Xml(text);
        if (trimmed.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            throw new AemloInputException("this label file does not exist; check the path", text);
        if (trimmed.StartsWith(FirstPrefix, StringComparison.OrdinalIgnoreCase))
            return First(ParseCount(trimmed, FirstPrefix.Length));
        if (trimmed.StartsWith(LastPrefix, StringComparison.OrdinalIgnoreCase))
            return Last(ParseCount(trimmed, LastPrefix.Length));
        return Names(SplitNames(text));
    }

    /// <summary>The sentence that lists the ways to name labels.</summary>
    internal static string Possibilities =>
        "name the labels with a Mulan XML file (data.xml), first:N, last:N, or their names with commas between them";

    private static int AtLeastOne(int count) => count >= 1
        ? count
        : throw new AemloInputException($"{count} labels asked for; at least one is needed");

    private static int ParseCount(string text, int start) =>
        int.TryParse(text.AsSpan(start), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new AemloInputException($"'{text}' does not say how many labels; a number of 1 or more was expected, as in {text[..start]}14 (put an attribute of this very name in quotes)");

    private static List<string> SplitNames(string text)
    {
        var names = new List<string>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && text[at] == ' ')
                at++;
            string name = at < text.Length && text[at] is '\'' or '"' ? QuotedName(text, ref at) : PlainName(text, ref at);
            names.Add(name);
            if (at == text.Length)
                return names;
            if (text[at] != ',')
                throw new AemloInputException($"labels '{text}': a comma was expected after the quoted name at position {at + 1}");
            at++;
        }
    }

    private static string PlainName(string text, ref int at)
    {
        int comma = text.IndexOf(',', at);
        int end = comma < 0 ? text.Length : comma;
        string name = text[at..end].Trim();
        if (name.Length == 0)
            throw new AemloInputException($"labels '{text}': an empty name at position {at + 1}; {Possibilities}");
        at = end;
        return name;
    }

    private static string QuotedName(string text, ref int at)
    {
        char quote = text[at];
        var name = new StringBuilder();
        for (int next = at + 1; next < text.Length; next++)
        {
            if (text[next] == quote)
            {
                at = next + 1;
                while (at < text.Length && text[at] == ' ')
                    at++;
                return name.ToString();
            }

            // A backslash protects a quote or another backslash; anything else stays as it is written.
            if (text[next] == '\\' && next + 1 < text.Length && text[next + 1] is '\'' or '"' or '\\')
                next++;
            name.Append(text[next]);
        }

        throw new AemloInputException($"labels '{text}': the quote {quote} at position {at + 1} is not closed");
    }
}
