namespace AemloBridge.Cli.Batch.Plans;

/// <summary>A text with placeholders such as <c>{data}</c>.</summary>
internal sealed class PathTemplate
{
    private readonly List<(string Text, bool IsName)> _parts = [];

    private PathTemplate(string text) => Text = text;

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The placeholders it holds.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.IsName).Select(part => part.Text).Distinct();

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The placeholders there are.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="Data.AemloInputException">A brace is left open, or a placeholder is not known.</exception>
    public static PathTemplate Parse(string text, IReadOnlyCollection<string> known, PlanPlace place)
    {
        var template = new PathTemplate(text);
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('{', at);
            int end = open < 0 ? text.Length : open;
            if (text.IndexOf('}', at, end - at) >= 0)
                throw place.Wrong("a '}' has no '{' before it");
            if (end > at)
                template._parts.Add((text[at..end], false));
            if (open < 0)
                break;
            int close = text.IndexOf('}', open);
            if (close < 0)
                throw place.Wrong("a '{' has no '}' after it");
            string name = text[(open + 1)..close];
            if (!known.Contains(name))
                throw place.Wrong($"'{{{name}}}' stands for nothing here; known are {string.Join(", ", known.Select(word => $"{{{word}}}"))}");
            template._parts.Add((name, true));
            at = close + 1;
        }

        return template;
    }

    /// <summary>The text with every placeholder replaced.</summary>
    /// <param name="values">A value for each; null where it stands for nothing.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="Data.AemloInputException">A placeholder stands for nothing.</exception>
    public string Fill(IReadOnlyDictionary<string, string?> values, PlanPlace place) =>
        string.Concat(_parts.Select(part => !part.IsName
            ? part.Text
            : values.GetValueOrDefault(part.Text) ?? throw place.Wrong($"'{{{part.Text}}}' stands for nothing in one of the entries; leave it out, or give every entry one")));
}
