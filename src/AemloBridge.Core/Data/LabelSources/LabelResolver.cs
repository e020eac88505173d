using AemloBridge.Data.Arff;

namespace AemloBridge.Data.LabelSources;

/// <summary>Finds the attributes that a <see cref="LabelSelection"/> means.</summary>
internal sealed class LabelResolver
{
    private readonly ArffHeader _header;
    private readonly string _file;
    private readonly string _encodingHint;
    private readonly string? _path;
    private readonly Dictionary<string, int> _indexOfName;
    private string? _xmlPath;
    private byte[]? _xml;

    /// <summary>Prepares a header.</summary>
    /// <param name="header">The attributes.</param>
    /// <param name="place">The ARFF file's name and encoding.</param>
    /// <param name="path">Where the ARFF file lies, or null when it is not a file.</param>
    public LabelResolver(ArffHeader header, ArffPlace place, string? path)
    {
        _header = header;
        _file = place.File;
        _encodingHint = place.IsLatin1
            ? $"; the data file is not valid UTF-8 (line {place.InvalidLine}) and was read as Latin-1, so if the name holds letters beyond ASCII, convert the file to UTF-8"
            : string.Empty;
        _path = path;
        _indexOfName = new Dictionary<string, int>(header.Attributes.Count, StringComparer.Ordinal);
        for (int index = 0; index < header.Attributes.Count; index++)
            _indexOfName[header.Attributes[index].Name] = index;
    }

    /// <summary>The labels, each with its polarity and its parent.</summary>
    /// <exception cref="AemloInputException">A label does not exist or cannot be one, or nothing but labels is left.</exception>
    public ResolvedLabels Resolve(LabelSelection selection, ArffReadOptions options)
    {
        (int Attribute, int Parent)[] found;
        switch (selection.Kind)
        {
            case LabelSelectionKind.First:
                found = Range(selection.Count, atEnd: false, $"the first {selection.Count} attributes are to be labels");
                break;
            case LabelSelectionKind.Last:
                found = Range(selection.Count, atEnd: true, $"the last {selection.Count} attributes are to be labels");
                break;
            case LabelSelectionKind.Names:
                found = [.. selection.LabelNames.Select(name => (Find(name), -1))];
                break;
            case LabelSelectionKind.Xml:
                found = FromXml(selection.XmlPath!);
                break;
            default:
                found = Automatic();
                break;
        }

        if (found.Length == _header.Attributes.Count)
            throw new AemloInputException($"all {found.Length} attributes are labels; at least one feature is needed", _file);
        var polarity = new LabelPolarity(options.PositiveValue, _file);
        LabelDefinition[] labels = [.. found.Select(label => Define(label.Attribute, label.Parent, polarity))];
        return new ResolvedLabels(labels, _xmlPath, _xml, polarity.Warnings());
    }

    private LabelDefinition Define(int index, int parent, LabelPolarity polarity)
    {
        DataAttribute attribute = _header.Attributes[index];
        return new LabelDefinition(attribute.Name, index, polarity.PositiveValue(attribute, _header.Lines[index], _header.Columns[index]), parent);
    }

    private (int Attribute, int Parent)[] Automatic()
    {
        if (MekaOptions.TryFindLabelCount(_header.RelationName, out int count))
        {
            if (count == 0)
                throw new AemloInputException($"the relation name '{_header.RelationName}' says -C 0, no label; {LabelSelection.Possibilities}", _file);
            string place = count > 0 ? "first" : "last";
            return Range((int)Math.Min(Math.Abs((long)count), int.MaxValue), count < 0, $"the relation name '{_header.RelationName}' says that the {place} {Math.Abs((long)count)} attributes are labels");
        }

        string? beside = _path is null ? null : Path.ChangeExtension(_path, ".xml");
        if (beside is null || !File.Exists(beside))
        {
            string looked = beside is null ? string.Empty : $" and there is no file {beside}";
            throw new AemloInputException($"which attributes are labels is not known: the relation name holds no MEKA option -C{looked}; {LabelSelection.Possibilities}", _file);
        }

        return FromXml(beside);
    }

    private (int Attribute, int Parent)[] Range(int count, bool atEnd, string what)
    {
        int all = _header.Attributes.Count;
        if (count >= all)
            throw new AemloInputException($"{what}, but the file has {all} attributes; at least one feature is needed", _file);
        return [.. Enumerable.Range(atEnd ? all - count : 0, count).Select(index => (index, -1))];
    }

    private (int Attribute, int Parent)[] FromXml(string xmlPath)
    {
        List<LabelNode> nodes;
        try
        {
            _xmlPath = xmlPath;
            _xml = File.ReadAllBytes(xmlPath);
            nodes = MulanLabelXml.Read(new MemoryStream(_xml), xmlPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the label file cannot be read: {error.Message}", xmlPath);
        }

        var found = new (int Attribute, int Parent)[nodes.Count];
        for (int label = 0; label < found.Length; label++)
        {
            LabelNode node = nodes[label];
            if (!_indexOfName.TryGetValue(node.Name, out int index))
                throw new AemloInputException($"the label '{node.Name}' is not an attribute of {_file}; names are case-sensitive{_encodingHint}", xmlPath, node.Line, node.Column);
            found[label] = (index, node.Parent);
        }

        return found;
    }

    private int Find(string name) => _indexOfName.TryGetValue(name, out int index)
        ? index
        : throw new AemloInputException($"there is no attribute '{name}' to be a label; names are case-sensitive{_encodingHint}", _file);
}
