using System.Runtime.InteropServices;

namespace AemloBridge.Protocol;

/// <summary>
/// Checks one block after another and shows what it holds, in place where the bytes allow it. What it needs grows with
/// the longest block that came, never with a size that a message claims.
/// </summary>
/// <param name="layout">What the header said.</param>
/// <param name="path">The path of the block's field, for errors.</param>
internal sealed class BlockReader(BlockLayout layout, string path)
{
    private V1.RowBlock _block = new();
    private double[] _scratch = [];
    private bool _decoded;
    private int _valueCount;

    /// <summary>Rows of the block.</summary>
    public int Rows { get; private set; }

    /// <summary>Entries of each row, when sparse.</summary>
    public ReadOnlySpan<int> Counts => MemoryMarshal.Cast<byte, int>(_block.Sparse.EntryCounts.Span);

    /// <summary>The column of each entry, when sparse.</summary>
    public ReadOnlySpan<int> Columns => MemoryMarshal.Cast<byte, int>(_block.Sparse.Columns.Span);

    /// <summary>The values, NaN where missing.</summary>
    public ReadOnlySpan<double> Values => _decoded ? _scratch.AsSpan(0, _valueCount) : MemoryMarshal.Cast<byte, double>(Raw.Span);

    /// <summary>ceil(q / 8) bytes a row.</summary>
    public ReadOnlySpan<byte> Labels => _block.Labels.Span;

    /// <summary>A weight a row, or nothing.</summary>
    public ReadOnlySpan<double> Weights => MemoryMarshal.Cast<byte, double>(_block.Weights.Span);

    private Google.Protobuf.ByteString Raw => layout.Sparse ? _block.Sparse.Values : _block.Dense.Values;

    private ReadOnlySpan<byte> Missing => (layout.Sparse ? _block.Sparse.Missing : _block.Dense.Missing).Span;

    private string Features => layout.Sparse ? $"{path}.sparse" : $"{path}.dense";

    /// <summary>Takes a block in; it must stay as it is until the next one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="firstRow">The number of its first row in the stream, for errors.</param>
    /// <param name="rowsLeft">Rows that the header announced and that have not come yet.</param>
    /// <param name="entriesLeft">The same for entries, when sparse; null when none were announced.</param>
    /// <exception cref="ContractException">It breaks a rule of rows.proto, or does not fit the header.</exception>
    public void Read(V1.RowBlock block, long firstRow, ulong rowsLeft, ulong? entriesLeft)
    {
        _block = block;
        _decoded = false;
        if (block.RowCount == 0)
            throw new ContractException($"{path}.row_count", "is 0; a block has at least 1 row");
        if (block.RowCount > rowsLeft)
            throw new ContractException($"{path}.row_count", FormattableString.Invariant($"{block.RowCount} rows where the header leaves {rowsLeft}"));
        // Every row has a label byte at least, so that this bounds the number of rows by the bytes that came.
        RequireLength(".labels", block.Labels.Length, (Int128)block.RowCount * layout.LabelBytes, "row_count x ceil(q / 8)");
        Rows = (int)block.RowCount;
        CheckLabels(firstRow);
        CheckWeights(firstRow);
        if (layout.Sparse != (block.FeaturesCase == V1.RowBlock.FeaturesOneofCase.Sparse) || block.FeaturesCase == V1.RowBlock.FeaturesOneofCase.None)
            throw new ContractException($"{path}.features", layout.Sparse ? "must be sparse, as the header says" : "must be dense, as the header says");
        if (layout.Sparse)
            ReadSparse(firstRow, entriesLeft);
        else
            ReadDense(firstRow);
    }

    private void ReadDense(long firstRow)
    {
        int d = layout.Schema.FeatureCount;
        Int128 cells = (Int128)Rows * d;
        RequireLength(".dense.values", Raw.Length, cells * layout.ValueBytes, "row_count x d values");
        Decode((int)cells);
        ReadOnlySpan<double> values = Values;
        if (Cells.FirstNonFinite(values) is var bad and >= 0)
            throw NotFinite(firstRow + bad / d, bad % d);
        for (int row = 0; row < Rows && layout.Nominal.Length > 0; row++)
        {
            ReadOnlySpan<double> cell = values.Slice(row * d, d);
            foreach (int feature in layout.Nominal)
            {
                if (!Cells.IsCode(cell[feature], layout.CodeCounts[feature]))
                    throw NoCode(firstRow + row, feature);
            }
        }

        MarkMissing();
    }

    private void ReadSparse(long firstRow, ulong? entriesLeft)
    {
        V1.SparseFeatures sparse = _block.Sparse;
        RequireLength(".sparse.entry_counts", sparse.EntryCounts.Length, (Int128)Rows * sizeof(int), "row_count uint32 values");
        long entries = 0;
        foreach (uint count in MemoryMarshal.Cast<byte, uint>(sparse.EntryCounts.Span))
            entries += count;
        RequireLength(".sparse.columns", sparse.Columns.Length, (Int128)entries * sizeof(int), "one uint32 for each entry that entry_counts adds up to");
        RequireLength(".sparse.values", Raw.Length, (Int128)entries * layout.ValueBytes, "one value for each entry that entry_counts adds up to");
        if (entriesLeft is { } left && (ulong)entries > left)
            throw new ContractException($"{path}.sparse.entry_counts", FormattableString.Invariant($"{entries} entries where the header leaves {left}"));
        Decode((int)entries);
        CheckEntries(firstRow);
        MarkMissing();
    }

    private void CheckEntries(long firstRow)
    {
        ReadOnlySpan<int> counts = Counts, columns = Columns;
        int start = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            CheckColumns(columns.Slice(start, counts[row]), firstRow + row);
            start += counts[row];
        }

        ReadOnlySpan<double> values = Values;
        if (Cells.FirstNonFinite(values) is var bad and >= 0)
            throw NotFinite(firstRow + RowOf(bad), columns[bad]);
        if (layout.Nominal.Length == 0)
            return;
        int[] codes = layout.CodeCounts;
        for (int at = 0; at < values.Length; at++)
        {
            int count = codes[columns[at]];
            if (count > 0 && !Cells.IsCode(values[at], count))
                throw NoCode(firstRow + RowOf(at), columns[at]);
        }
    }

    private void CheckColumns(ReadOnlySpan<int> columns, long row)
    {
        int d = layout.Schema.FeatureCount;
        int previous = -1;
        foreach (int column in columns)
        {
            // As unsigned, a column of 2^31 or more is beyond d too.
            if ((uint)column >= (uint)d || column <= previous)
                throw WrongColumn(row, (uint)column, previous);
            previous = column;
        }
    }

    private int RowOf(int entry)
    {
        int row = 0;
        for (int end = Counts[0]; entry >= end; end += Counts[row])
            row++;
        return row;
    }

    /// <summary>Widens single precision; where values are missing puts 0, which every check lets pass, until they are over.</summary>
    private void Decode(int count)
    {
        _valueCount = count;
        ReadOnlySpan<byte> missing = Missing;
        if (missing.Length > 0)
        {
            RequireLength(layout.Sparse ? ".sparse.missing" : ".dense.missing", missing.Length, ((Int128)count + 7) / 8, "one bit a value, or empty");
            if (count % 8 != 0 && missing[^1] >> count % 8 != 0)
                throw new ContractException($"{Features}.missing", "bits beyond the last value are set; unused bits must be 0");
        }

        if (!layout.SinglePrecision && missing.Length == 0)
            return;
        if (_scratch.Length < count)
            _scratch = GC.AllocateUninitializedArray<double>(count);
        _decoded = true;
        if (layout.SinglePrecision)
        {
            ReadOnlySpan<float> narrow = MemoryMarshal.Cast<byte, float>(Raw.Span);
            for (int at = 0; at < narrow.Length; at++)
                _scratch[at] = narrow[at];
        }
        else
        {
            MemoryMarshal.Cast<byte, double>(Raw.Span).CopyTo(_scratch);
        }

        FillMissing(0);
    }

    private void MarkMissing() => FillMissing(double.NaN);

    private void FillMissing(double filler)
    {
        ReadOnlySpan<byte> missing = Missing;
        for (int at = 0; at < missing.Length; at++)
        {
            for (int bits = missing[at]; bits != 0; bits &= bits - 1)
                _scratch[at * 8 + System.Numerics.BitOperations.TrailingZeroCount(bits)] = filler;
        }
    }

    private void CheckLabels(long firstRow)
    {
        byte unused = layout.UnusedLabelBits;
        if (unused == 0)
            return;
        ReadOnlySpan<byte> labels = Labels;
        for (int row = 0, last = layout.LabelBytes - 1; row < Rows; row++, last += layout.LabelBytes)
        {
            if ((labels[last] & unused) != 0)
                throw new ContractException($"{path}.labels", FormattableString.Invariant($"row {firstRow + row}: bits beyond the last of {layout.Schema.LabelCount} labels are set; unused bits must be 0"));
        }
    }

    private void CheckWeights(long firstRow)
    {
        if (!layout.Weights)
        {
            if (_block.Weights.Length > 0)
                throw new ContractException($"{path}.weights", "must be empty: the header says has_weights = false");
            return;
        }

        RequireLength(".weights", _block.Weights.Length, (Int128)Rows * sizeof(double), "row_count float64 values, as the header says has_weights = true");
        ReadOnlySpan<double> weights = Weights;
        for (int row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
                throw new ContractException($"{path}.weights", FormattableString.Invariant($"row {firstRow + row}: not a finite number of 0 or more"));
        }
    }

    private ContractException NotFinite(long row, int feature) =>
        new($"{Features}.values", FormattableString.Invariant($"row {row}, feature {feature}: not a finite number; a missing value needs its bit in the missing mask"));

    private ContractException NoCode(long row, int feature) =>
        new($"{Features}.values", FormattableString.Invariant($"row {row}, feature {feature}: not a whole number from 0 to {layout.CodeCounts[feature] - 1}, the positions of the attribute's values"));

    private ContractException WrongColumn(long row, uint column, int previous) =>
        new($"{path}.sparse.columns", column >= layout.CodeCounts.Length
            ? FormattableString.Invariant($"row {row}: column {column} does not exist; there are {layout.CodeCounts.Length} features, numbered from 0")
            : FormattableString.Invariant($"row {row}: column {column} after {previous}; columns must ascend within a row"));

    private void RequireLength(string field, int actual, Int128 expected, string what)
    {
        if (actual != expected)
            throw new ContractException(path + field, FormattableString.Invariant($"{actual} bytes where {expected} are expected: {what}"));
    }
}
