namespace AemloBridge.Cli.Output;

/// <summary>A table in plain text: the first column to the left, the others to the right, as wide as their cells.</summary>
/// <remarks>Nothing is cut or wrapped, so a line can be searched, sorted and read by other tools.</remarks>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; one cell per heading.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"{cells.Length} cells for {headings.Length} headings", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>Writes the headings, a rule, and the rows.</summary>
    public void Write(TextWriter output)
    {
        int[] widths = [.. headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        WriteRow(output, headings, widths);
        WriteRow(output, [.. widths.Select(width => new string('-', width))], widths);
        foreach (string[] row in _rows)
            WriteRow(output, row, widths);
    }

    private static void WriteRow(TextWriter output, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        output.WriteLine(string.Join(Gap, padded).TrimEnd());
    }
}
