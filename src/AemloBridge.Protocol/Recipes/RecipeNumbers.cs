using System.Runtime.InteropServices;
using AemloBridge.Resampling;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>What a recipe says about given rows, as its parts come in: those that stay, edits, clones.</summary>
/// <param name="path">The path of the recipe, for errors.</param>
internal sealed class RecipeNumbers(string path)
{
    private readonly List<int> _kept = [];
    private readonly List<LabelEdit> _edits = [];
    private readonly List<int> _clones = [];
    private V1.RecipeHeader _header = new();
    private int _labels;

    /// <summary>Rows that stay; null when all do.</summary>
    public int[]? Kept => _header.KeepsAll ? null : [.. _kept];

    /// <summary>Labels changed.</summary>
    public LabelEdit[] Edits => [.. _edits];

    /// <summary>Rows to repeat.</summary>
    public int[] Clones => [.. _clones];

    /// <summary>Forgets what has come and begins anew.</summary>
    /// <param name="header">What will come.</param>
    /// <param name="labels">q.</param>
    public void Begin(V1.RecipeHeader header, int labels)
    {
        if (header.KeepsAll && header.KeptRowCount != 0)
            throw new ContractException($"{path}.header.kept_row_count", "must be 0 where keeps_all is true");
        _header = header;
        _labels = labels;
        _kept.Clear();
        _edits.Clear();
        _clones.Clear();
    }

    public void AddKept(V1.KeptRows part)
    {
        string field = $"{path}.kept_rows.rows";
        ReadOnlySpan<uint> rows = Numbers(part.Rows, field, _kept.Count, _header.KeptRowCount);
        foreach (uint row in rows)
        {
            RequireRow(row, field, _kept.Count);
            if (_kept.Count > 0 && row <= _kept[^1])
                throw new ContractException(field, FormattableString.Invariant($"number {_kept.Count}: {row} after {_kept[^1]}; rows must ascend"));
            _kept.Add((int)row);
        }
    }

    public void AddEdits(V1.LabelEdits part)
    {
        string field = $"{path}.label_edits";
        ReadOnlySpan<uint> rows = Numbers(part.Rows, $"{field}.rows", _edits.Count, _header.LabelEditCount);
        if (part.Labels.Length != part.Rows.Length)
            throw new ContractException($"{field}.labels", FormattableString.Invariant($"{part.Labels.Length} bytes where {part.Rows.Length} are expected: one uint32 an edit"));
        if (part.Values.Length != rows.Length)
            throw new ContractException($"{field}.values", FormattableString.Invariant($"{part.Values.Length} bytes where {rows.Length} are expected: one an edit"));
        ReadOnlySpan<uint> labels = MemoryMarshal.Cast<byte, uint>(part.Labels.Span);
        for (int at = 0; at < rows.Length; at++)
        {
            RequireRow(rows[at], $"{field}.rows", _edits.Count);
            if (!_header.KeepsAll && _kept.BinarySearch((int)rows[at]) < 0)
                throw new ContractException($"{field}.rows", FormattableString.Invariant($"number {_edits.Count}: row {rows[at]} is not among the kept rows"));
            if (labels[at] >= _labels)
                throw new ContractException($"{field}.labels", FormattableString.Invariant($"number {_edits.Count}: label {labels[at]} does not exist; there are {_labels}, numbered from 0"));
            if (part.Values[at] > 1)
                throw new ContractException($"{field}.values", FormattableString.Invariant($"number {_edits.Count}: must be 0 or 1"));
            _edits.Add(new LabelEdit((int)rows[at], (int)labels[at], part.Values[at] == 1));
        }
    }

    public void AddClones(V1.CloneSources part)
    {
        string field = $"{path}.clone_sources.rows";
        foreach (uint row in Numbers(part.Rows, field, _clones.Count, _header.CloneCount))
        {
            RequireRow(row, field, _clones.Count);
            _clones.Add((int)row);
        }
    }

    /// <exception cref="ContractException">Less has come than the header announced.</exception>
    public void RequireAll()
    {
        Require("kept_row_count", _header.KeptRowCount, _kept.Count);
        Require("label_edit_count", _header.LabelEditCount, _edits.Count);
        Require("clone_count", _header.CloneCount, _clones.Count);
    }

    private static ReadOnlySpan<uint> Numbers(ByteString bytes, string field, int have, ulong announced)
    {
        if (bytes.Length % sizeof(uint) != 0 || bytes.IsEmpty)
            throw new ContractException(field, FormattableString.Invariant($"{bytes.Length} bytes; one or more uint32 are expected"));
        ReadOnlySpan<uint> numbers = MemoryMarshal.Cast<byte, uint>(bytes.Span);
        if ((ulong)have + (ulong)numbers.Length > announced)
            throw new ContractException(field, FormattableString.Invariant($"more numbers than the {announced} that the header announced"));
        return numbers;
    }

    private void RequireRow(uint row, string field, int number)
    {
        if (row >= _header.InputRowCount)
            throw new ContractException(field, FormattableString.Invariant($"number {number}: row {row} does not exist; {_header.InputRowCount} rows were given, numbered from 0"));
    }

    private void Require(string field, ulong announced, int came)
    {
        if (announced != (ulong)came)
            throw new ContractException($"{path}.header.{field}", FormattableString.Invariant($"{announced} announced, {came} came"));
    }
}
