using System.Security.Cryptography;
using AemloBridge.Data.LabelSources;

namespace AemloBridge.Data.Arff;

/// <summary>One pass over a file: header, then rows, then the data set.</summary>
internal sealed class ArffReading
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly ArffPlace _place;
    private readonly string? _path;
    private readonly LabelSelection _labels;
    private readonly ArffReadOptions _options;
    private readonly ArffHeaderParser _headerParser;
    private readonly List<string> _warnings = [];
    private string? _newLine;
    private DatasetSchema? _schema;
    private ResolvedLabels? _resolved;
    private ArffRowCollector? _rows;
    private ArffRowParser? _rowParser;

    /// <summary>A pass at the start of a file.</summary>
    /// <param name="file">The name to show.</param>
    /// <param name="path">Where the file lies, or null when it is not one.</param>
    /// <param name="invalidLine">The first line that is not valid UTF-8, which makes the bytes Latin-1; otherwise null.</param>
    /// <param name="labels">Which attributes are labels.</param>
    /// <param name="options">What to do with labels whose meaning is open.</param>
    public ArffReading(string file, string? path, long? invalidLine, LabelSelection labels, ArffReadOptions options)
    {
        _place = new ArffPlace(file, invalidLine);
        _path = path;
        _labels = labels;
        _options = options;
        _headerParser = new ArffHeaderParser(_place);
        if (invalidLine is not null)
            _warnings.Add($"the file is not valid UTF-8 (line {invalidLine}); it was read as Latin-1");
    }

    /// <summary>How many lines have been taken.</summary>
    public long LinesTaken => _place.Line;

    /// <summary>Takes a block of whole lines.</summary>
    /// <param name="block">The lines.</param>
    /// <param name="growth">The size of the whole file, as a multiple of what has been taken with this block.</param>
    /// <exception cref="AemloInputException">A line is not what may stand there.</exception>
    public void Take(ReadOnlySpan<byte> block, double growth)
    {
        if (_place.Line == 0 && block.StartsWith(ByteOrderMark))
            block = block[ByteOrderMark.Length..];
        while (!block.IsEmpty)
        {
            int end = block.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? block : block[..end];
            block = end < 0 ? [] : block[(end + 1)..];
            _place.Line++;
            bool carriageReturn = line.Length > 0 && line[^1] == (byte)'\r';
            if (end >= 0)
                _newLine ??= carriageReturn ? "\r\n" : "\n";
            TakeLine(carriageReturn ? line[..^1] : line);
        }

        _rows?.Expect(growth);
    }

    /// <summary>The data set, after the last block.</summary>
    /// <param name="sha256">The hash of the file.</param>
    /// <exception cref="AemloInputException">The file ended too early, or labels are missing.</exception>
    public MultiLabelDataset Finish(string sha256)
    {
        if (_rows is null)
            throw _headerParser.Unfinished();
        CheckMissingLabels(_rows);
        return _rows.Build(new ArffSource(_path ?? _place.File, sha256, _rows.IsSparse, _newLine ?? "\n", _resolved!.XmlPath, _warnings)
        {
            IsLatin1 = _place.IsLatin1,
            // Not assigned directly: a null array would become an empty memory instead of none.
            LabelXml = _resolved.Xml is { } xml ? xml : default(ReadOnlyMemory<byte>?),
            LabelXmlSha256 = _resolved.Xml is null ? null : Convert.ToHexStringLower(SHA256.HashData(_resolved.Xml)),
        });
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (_rowParser is not null)
        {
            _rowParser.Take(line);
            return;
        }

        // Only in the header: further down a lone carriage return is a blank like any other.
        int carriageReturn = line.IndexOf((byte)'\r');
        if (carriageReturn >= 0)
            throw _place.Error(line, carriageReturn, "a carriage return in the middle of the line; if the file has the line ends of classic Mac OS, convert them (for example with: tr '\\r' '\\n')");
        ArffHeader? header = _headerParser.Take(line);
        if (header is not null)
            BeginRows(header);
    }

    private void BeginRows(ArffHeader header)
    {
        _resolved = new LabelResolver(header, _place, _path).Resolve(_labels, _options);
        _warnings.AddRange(_resolved.Warnings);
        if (header.WeightedAttributes > 0)
            _warnings.Add($"{(header.WeightedAttributes == 1 ? "1 attribute carries" : $"{header.WeightedAttributes} attributes carry")} a weight; attribute weights are not used");
        _schema = new DatasetSchema(header.RelationName, header.Attributes, _resolved.Definitions);
        _rows = new ArffRowCollector(_schema, _place);
        _rowParser = new ArffRowParser(ArffColumn.ForSchema(_schema, _place.Encoding), _place, _rows);
    }

    private void CheckMissingLabels(ArffRowCollector rows)
    {
        if (rows.MissingLabels == 0)
            return;
        string count = rows.MissingLabels == 1 ? "1 label value is missing" : $"{rows.MissingLabels} label values are missing";
        if (!_options.MissingLabelsAsZero)
        {
            throw new AemloInputException(
                $"{count}, the first one here; complete the labels, remove the rows, or have missing label values taken as 0 (--missing-labels zero)",
                _place.File,
                rows.FirstMissingLine,
                rows.FirstMissingColumn,
                rows.FirstMissingLabel);
        }

        _warnings.Add($"{count} (the first on line {rows.FirstMissingLine}, label '{rows.FirstMissingLabel}') and {(rows.MissingLabels == 1 ? "was" : "were")} taken as \"has not the label\"");
    }
}
