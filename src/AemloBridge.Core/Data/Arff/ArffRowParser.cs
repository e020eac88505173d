using System.Runtime.CompilerServices;

namespace AemloBridge.Data.Arff;

/// <summary>Reads data rows, dense (<c>1,2,a</c>) or sparse (<c>{0 1, 2 a}</c>), into a collector.</summary>
internal sealed class ArffRowParser
{
    private readonly ArffColumn[] _columns;
    private readonly ArffPlace _place;
    private readonly ArffRowCollector _rows;

    /// <summary>A parser for the rows after <c>@data</c>.</summary>
    public ArffRowParser(ArffColumn[] columns, ArffPlace place, ArffRowCollector rows)
    {
        _columns = columns;
        _place = place;
        _rows = rows;
    }

    /// <summary>Takes one line, without its end; a blank line or a comment adds no row.</summary>
    /// <exception cref="AemloInputException">The line is not a row of this data set.</exception>
    public void Take(ReadOnlySpan<byte> line)
    {
        int start = ArffTokenizer.SkipBlanks(line, 0);
        if (start == line.Length || line[start] == (byte)'%')
            return;
        if (line[start] == (byte)'@')
            RefuseDeclaration(line, start);
        if (line[start] == (byte)'{')
            TakeSparse(line, start);
        else
            TakeDense(line, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeDense(ReadOnlySpan<byte> line, int position)
    {
        double[] features = _rows.BeginDense();
        for (int index = 0; index < _columns.Length; index++)
        {
            ArffColumn column = _columns[index];
            if (position == line.Length || line[position] is (byte)'%' or (byte)'{')
                throw TooFew(line, position, index);
            int start = position;
            double value = ArffValue.Read(line, ref position, column, _place);
            if (column.Feature >= 0)
                features[column.Feature] = value;
            else
                _rows.SetLabel(column, value, line, start);
            if (index + 1 < _columns.Length)
                SkipSeparator(line, ref position, index);
        }

        _rows.EndDense(Tail(line, position, $"more than {_columns.Length} values, but {_columns.Length} attributes are declared"));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSeparator(ReadOnlySpan<byte> line, ref int position, int index)
    {
        position = ArffTokenizer.SkipBlanks(line, position);
        if (position == line.Length || line[position] != (byte)',')
            return;
        position = ArffTokenizer.SkipBlanks(line, position + 1);
        if (position == line.Length || line[position] is (byte)',' or (byte)'%')
            throw _place.Error(line, position, "an empty value; write ? for a missing one", _columns[index + 1].Attribute.Name);
    }

    private AemloInputException TooFew(ReadOnlySpan<byte> line, int position, int count) =>
        _place.Error(line, position, $"the row ends after {Counted(count, "value")}, but {Counted(_columns.Length, "attribute")} are declared", _columns[count].Attribute.Name);

    // A nominal value may begin with @, so only the two words that cannot be meant otherwise are refused here.
    private void RefuseDeclaration(ReadOnlySpan<byte> line, int start)
    {
        string word = _place.Text(line[start..]).Split(' ', '\t')[0];
        if (word.Equals("@attribute", StringComparison.OrdinalIgnoreCase) || word.Equals("@data", StringComparison.OrdinalIgnoreCase))
            throw _place.Error(line, start, "a declaration after @data; declarations belong before it");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeSparse(ReadOnlySpan<byte> line, int position)
    {
        _rows.BeginSparse();
        position = ArffTokenizer.SkipBlanks(line, position + 1);
        int previous = -1;
        bool closed = position < line.Length && line[position] == (byte)'}';
        while (!closed)
        {
            int index = ReadIndex(line, ref position, previous);
            int start = position;
            previous = index;
            ArffColumn column = _columns[index];
            double value = ArffValue.Read(line, ref position, column, _place);
            if (column.Feature >= 0)
                _rows.AddFeature(column.Feature, value);
            else
                _rows.SetLabel(column, value, line, start);
            position = ArffTokenizer.SkipBlanks(line, position);
            if (position == line.Length || line[position] == (byte)'%')
                throw _place.Error(line, position, "the sparse row is not closed with } on its line; is the file cut off?");
            closed = line[position] == (byte)'}';
            if (line[position] == (byte)',')
                position++;
            position = closed ? position : ArffTokenizer.SkipBlanks(line, position);
        }

        _rows.EndSparse(Tail(line, position + 1, "text after the sparse row; only a weight such as , {2.5} may follow"));
    }

    // An index, the blank after it, and the position on the value.
    private int ReadIndex(ReadOnlySpan<byte> line, ref int position, int previous)
    {
        int start = position;
        long index = 0;
        while (position < line.Length && (uint)(line[position] - '0') <= 9)
            index = Math.Min((index * 10) + (line[position++] - '0'), int.MaxValue);
        if (position == start || (position < line.Length && !ArffTokenizer.IsBlank(line[position])))
        {
            throw _place.Error(line, start, position >= line.Length
                ? "the sparse row is not closed with } on its line; is the file cut off?"
                : "a sparse row holds pairs of an attribute's number (from 0) and its value, as in {0 1, 4 2.5}; a number followed by a space was expected");
        }

        if (index >= _columns.Length)
            throw _place.Error(line, start, $"there is no attribute number {_place.Text(line[start..position])}; {_columns.Length} are declared, numbered from 0 to {_columns.Length - 1}");
        if (index <= previous)
        {
            string reason = index == previous ? $"attribute number {index} is given twice in this row" : $"attribute number {index} after {previous}; the numbers in a sparse row must ascend";
            throw _place.Error(line, start, reason, _columns[(int)index].Attribute.Name);
        }

        position = ArffTokenizer.SkipBlanks(line, position);
        if (position == line.Length || line[position] is (byte)',' or (byte)'}' or (byte)'{' or (byte)'%')
            throw _place.Error(line, position, "the value is missing; write ? for a missing value, or leave the entry out for 0", _columns[(int)index].Attribute.Name);
        return (int)index;
    }

    // What may follow the values: a weight, a comment, nothing.
    private double Tail(ReadOnlySpan<byte> line, int position, string reason)
    {
        position = ArffTokenizer.SkipBlanks(line, position);
        double weight = 1;
        if (position < line.Length && line[position] == (byte)',')
        {
            int comma = position;
            position = ArffTokenizer.SkipBlanks(line, position + 1);
            if (position == line.Length || line[position] == (byte)'%')
                throw _place.Error(line, comma, "a comma at the end of the row; remove it, or write the value that belongs behind it");
        }

        if (position < line.Length && line[position] == (byte)'{')
        {
            weight = ArffWeight.Read(line, ref position, _place);
            position = ArffTokenizer.SkipBlanks(line, position);
        }

        if (position < line.Length && line[position] != (byte)'%')
            throw _place.Error(line, position, reason);
        return weight;
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
