namespace AemloBridge.Cli.Help;

/// <summary>One line of help: a term and what it means.</summary>
internal sealed record HelpRow(string Term, string Meaning)
{
    private const int WidestTerm = 34;
    private const int NarrowestMeaning = 30;

    /// <summary>Writes rows in two columns; the meaning is wrapped between words.</summary>
    public static void Write(TextWriter output, int width, IReadOnlyList<HelpRow> rows)
    {
        int indent = 4 + Math.Min(WidestTerm, rows.Max(row => row.Term.Length));
        int room = Math.Max(NarrowestMeaning, width - indent - 1);
        foreach (HelpRow row in rows)
        {
            string start = $"  {row.Term}";
            if (start.Length + 2 > indent)
            {
                output.WriteLine(start);
                start = string.Empty;
            }

            foreach (string line in Wrap(row.Meaning, room))
            {
                output.WriteLine($"{start.PadRight(indent)}{line}");
                start = string.Empty;
            }
        }
    }

    /// <summary>Splits a text between words into lines of at most <paramref name="room"/> characters where that is possible.</summary>
    internal static IEnumerable<string> Wrap(string text, int room)
    {
        string line = string.Empty;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                yield return line;
                line = string.Empty;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
