namespace AemloBridge.Data.Arff;

/// <summary>Takes the lines before <c>@data</c> one by one.</summary>
internal sealed class ArffHeaderParser
{
    private readonly ArffPlace _place;
    private readonly List<DataAttribute> _attributes = [];
    private readonly List<long> _lines = [];
    private readonly List<int> _columns = [];
    private readonly Dictionary<string, long> _lineOfName = new(StringComparer.Ordinal);
    private string? _relationName;
    private int _weighted;

    /// <summary>A parser at the start of a file.</summary>
    public ArffHeaderParser(ArffPlace place) => _place = place;

    /// <summary>Takes one line, without its end.</summary>
    /// <returns>The header when the line was <c>@data</c>, otherwise null.</returns>
    /// <exception cref="AemloInputException">The line is not what may stand there.</exception>
    public ArffHeader? Take(ReadOnlySpan<byte> line)
    {
        int position = 0;
        ArffToken keyword = ArffTokenizer.Next(line, ref position, _place);
        if (keyword.Kind == ArffTokenKind.End)
            return null;
        string word = keyword.Kind == ArffTokenKind.Word ? _place.Text(keyword.Bytes(line)).ToLowerInvariant() : string.Empty;
        switch (word)
        {
            case "@relation" when _relationName is null:
                TakeRelation(line, position);
                return null;
            case "@relation":
                throw _place.Error(line, keyword.Offset, "a second @relation; one file holds one relation");
            case not "@attribute" and not "@data" when _relationName is null:
                throw _place.Error(line, keyword.Offset, "@relation was expected here, as the first line that is not a comment; is this an ARFF file?");
            case "@attribute" or "@data" when _relationName is null:
                throw _place.Error(line, keyword.Offset, $"{word} before @relation; begin the file with a line such as: @relation name");
            case "@attribute":
                TakeAttribute(line, position);
                return null;
            case "@data":
                return Finish(line, keyword, position);
            default:
                string shown = ArffPlace.Quoted(_place.Text(keyword.Bytes(line)));
                throw _place.Error(line, keyword.Offset, $"{shown} stands where @attribute or @data was expected");
        }
    }

    /// <summary>The error of a file that ends before <c>@data</c>.</summary>
    public AemloInputException Unfinished() => _relationName is null
        ? new AemloInputException("the file holds no @relation line; is this an ARFF file?", _place.File)
        : new AemloInputException("the file ends without a @data line; is it cut off?", _place.File, _place.Line);

    private void TakeRelation(ReadOnlySpan<byte> line, int position)
    {
        ArffToken name = ArffTokenizer.Next(line, ref position, _place);
        if (!name.IsText)
            throw _place.Error(line, name.Offset, "the relation has no name; write one, in quotes if it holds spaces");
        _relationName = ArffTokenizer.Text(name, line, _place);
        ArffToken after = ArffTokenizer.Next(line, ref position, _place);
        if (after.Kind != ArffTokenKind.End)
            throw _place.Error(line, after.Offset, "text after the relation's name; put a name that holds spaces, commas or braces in quotes");
    }

    private void TakeAttribute(ReadOnlySpan<byte> line, int position)
    {
        ArffToken token = ArffTokenizer.Next(line, ref position, _place);
        if (!token.IsText)
            throw _place.Error(line, token.Offset, "the attribute has no name; write: @attribute name type");
        string name = ArffTokenizer.Text(token, line, _place);
        if (!_lineOfName.TryAdd(name, _place.Line))
            throw _place.Error(line, token.Offset, $"an attribute of this name is declared on line {_lineOfName[name]} already; names must differ", name);
        _attributes.Add(ArffTypeParser.Parse(line, ref position, name, _place, out bool weighted));
        _lines.Add(_place.Line);
        _columns.Add(_place.Column(line, token.Offset));
        _weighted += weighted ? 1 : 0;
    }

    private ArffHeader Finish(ReadOnlySpan<byte> line, in ArffToken keyword, int position)
    {
        ArffToken after = ArffTokenizer.Next(line, ref position, _place);
        if (after.Kind != ArffTokenKind.End)
            throw _place.Error(line, after.Offset, "text after @data; data rows begin on the next line");
        if (_attributes.Count == 0)
            throw _place.Error(line, keyword.Offset, "@data, but no attribute is declared before it");
        return new ArffHeader(_relationName!, _attributes, _lines, _columns, _weighted);
    }
}
