using System.Text;
using AemloBridge.Resampling;

namespace AemloBridge.Data.Arff;

/// <summary>
/// Copies the file that a data set was read from as a recipe says: header, comments and the lines of rows that stay byte for
/// byte, edited rows written anew in their place, then the lines of clones.
/// </summary>
internal sealed class RecipeCopy
{
    private readonly MultiLabelDataset _data;
    private readonly ArffSource _source;
    private readonly ArffByteWriter _output;
    private readonly ArffRowWriter _rowWriter;
    private readonly LabelMatrix _labels;
    private readonly HashSet<int>? _kept;
    private readonly HashSet<int> _edited;
    private readonly int[] _clones;
    private readonly Dictionary<int, byte[]> _clonedLines;
    private readonly byte[] _newLine;
    private bool _inRows;
    private int _row;

    private RecipeCopy(MultiLabelDataset data, ArffSource source, ResamplingRecipe recipe, ArffByteWriter output)
    {
        _data = data;
        _source = source;
        _output = output;
        _rowWriter = new ArffRowWriter(output, data.Schema, source.IsSparse, source.NewLine, source.IsLatin1);
        _newLine = Encoding.ASCII.GetBytes(source.NewLine);
        _labels = recipe.Edited(data.Labels);
        _kept = recipe.KeptRows is { } kept ? [.. kept] : null;
        _edited = [.. recipe.LabelEdits.Select(edit => edit.Row)];
        _clones = recipe.CloneSources;
        _clonedLines = recipe.CloneSources.Distinct().ToDictionary(row => row, _ => Array.Empty<byte>());
    }

    /// <summary>Copies the file; every line ends, also the last one.</summary>
    /// <param name="data">The data set, as it was read.</param>
    /// <param name="source">Its file.</param>
    /// <param name="recipe">What to do to its rows; new rows are not written here.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Honoured at every block of about 1 MB, and every few clones.</param>
    /// <exception cref="AemloInputException">The file cannot be read, or is not the one that was read.</exception>
    public static void Write(MultiLabelDataset data, ArffSource source, ResamplingRecipe recipe, Stream destination, CancellationToken cancellationToken)
    {
        var output = new ArffByteWriter(destination);
        var copy = new RecipeCopy(data, source, recipe, output);
        using Stream original = source.Content is { } content ? new MemoryStream(content.ToArray(), writable: false) : OriginalCopy.Open(source.Path);
        using var lines = new ArffLines(original, source.Path);
        while (lines.TryNext(out ReadOnlySpan<byte> block))
        {
            cancellationToken.ThrowIfCancellationRequested();
            copy.Take(block);
        }

        OriginalCopy.RequireSame(source, lines.Sha256());
        copy.WriteClones(cancellationToken);
        output.Flush();
    }

    private void Take(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            int end = block.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? block : block[..(end + 1)];
            block = block[line.Length..];
            TakeLine(line);
        }
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        int start = ArffTokenizer.SkipBlanks(line, 0);
        bool blank = start == line.Length || line[start] is (byte)'%' or (byte)'\n';
        if (!_inRows || blank)
        {
            Copy(line);
            _inRows |= !blank && IsDataKeyword(line[start..]);
            return;
        }

        int row = _row++;
        if (row >= _data.RowCount)
            throw new AemloInputException("the file has changed since it was read; run again", _source.Path);
        if (_clonedLines.ContainsKey(row))
            _clonedLines[row] = line.ToArray();
        if (_kept is not null && !_kept.Contains(row))
            return;
        if (_edited.Contains(row))
            _rowWriter.Write(_data.Features, _labels, row, _data.Weights?[row] ?? 1);
        else
            Copy(line);
    }

    private void WriteClones(CancellationToken cancellationToken)
    {
        for (int clone = 0; clone < _clones.Length; clone++)
        {
            if ((clone & 1023) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Copy(_clonedLines[_clones[clone]]);
        }
    }

    private void Copy(ReadOnlySpan<byte> line)
    {
        _output.Write(line);
        if (line.IsEmpty || line[^1] != (byte)'\n')
            _output.Write(_newLine);
    }

    /// <summary>The file was read before, so that nothing else can begin like this outside of quotes.</summary>
    private static bool IsDataKeyword(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> keyword = "@data"u8;
        return text.Length >= keyword.Length && Ascii.EqualsIgnoreCase(text[..keyword.Length], keyword);
    }
}
