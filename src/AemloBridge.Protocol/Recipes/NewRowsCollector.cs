using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Resampling;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>Checks and collects the new rows of a recipe.</summary>
/// <param name="path">The path of the part, for errors.</param>
internal sealed class NewRowsCollector(string path)
{
    private readonly List<int> _seeds = [];
    private readonly List<int> _neighbours = [];
    private V1.RecipeHeader _header = new();
    private BlockReader? _block;
    private RowCollector? _rows;
    private long _entries;
    private SyntheticRows? _complete;

    /// <summary>Rows that have come.</summary>
    public int Count => _seeds.Count;

    /// <summary>Says what will come.</summary>
    public void Begin(DatasetSchema schema, V1.RecipeHeader header)
    {
        var layout = BlockLayout.Of(schema, header.Layout, header.ValueType, header.HasWeights, "recipe.header");
        layout.RequireHoldable(header.NewRowCount, 0);
        _header = header.Clone();
        _block = new BlockReader(layout, $"{path}.rows");
        _rows = new RowCollector(layout);
    }

    /// <summary>Takes rows in; <see cref="Begin"/> comes first.</summary>
    public void Add(V1.NewRows part)
    {
        if (part.FirstRow != (ulong)Count)
            throw new ContractException($"{path}.first_row", FormattableString.Invariant($"is {part.FirstRow}, but {Count} new rows have come before"));
        if (part.Rows is null)
            throw new ContractException($"{path}.rows", "is not set");
        _block!.Read(part.Rows, Count, _header.NewRowCount - (ulong)Count, null);
        DatasetLimits.Require("feature values", _entries + _block.Values.Length, Array.MaxLength);
        ReadOnlySpan<int> seeds = Parents(part.SeedRows, $"{path}.seed_rows", 0);
        ReadOnlySpan<int> neighbours = _header.HasNeighbours ? Parents(part.NeighbourRows, $"{path}.neighbour_rows", -1) : [];
        if (!_header.HasNeighbours && !part.NeighbourRows.IsEmpty)
            throw new ContractException($"{path}.neighbour_rows", "must be empty: the header says has_neighbours = false");
        _rows!.Add(_block);
        _entries += _block.Values.Length;
        _seeds.AddRange(seeds);
        _neighbours.AddRange(neighbours);
    }

    /// <summary>All of them; nothing may be added afterwards.</summary>
    /// <exception cref="ContractException">Rows are missing.</exception>
    public SyntheticRows Complete()
    {
        if (_header.NewRowCount != (ulong)Count)
            throw new ContractException("recipe.header.new_row_count", FormattableString.Invariant($"{_header.NewRowCount} announced, {Count} came"));
        return _complete ??= new SyntheticRows(_rows!.Features(), _rows.Labels(), _rows.Weights(), [.. _seeds], _header.HasNeighbours ? [.. _neighbours] : null);
    }

    // Without a data set the rows that seeds are numbered in are not known here.
    private ReadOnlySpan<int> Parents(ByteString bytes, string field, int least)
    {
        if (bytes.Length != (long)_block!.Rows * sizeof(int))
            throw new ContractException(field, FormattableString.Invariant($"{bytes.Length} bytes where {(long)_block.Rows * sizeof(int)} are expected: one int32 a row"));
        ReadOnlySpan<int> parents = MemoryMarshal.Cast<byte, int>(bytes.Span);
        for (int row = 0; row < parents.Length; row++)
        {
            if (parents[row] < least || (_header.InputRowCount > 0 && parents[row] >= (long)_header.InputRowCount))
                throw new ContractException(field, FormattableString.Invariant($"new row {Count + row}: row {parents[row]} does not exist; {_header.InputRowCount} rows were given, numbered from 0"));
        }

        return parents;
    }
}
