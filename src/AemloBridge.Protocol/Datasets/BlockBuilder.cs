using System.Runtime.InteropServices;
using AemloBridge.Data;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>Cuts rows into blocks that stay below a size.</summary>
/// <param name="features">n x d values.</param>
/// <param name="labels">n x q bits.</param>
/// <param name="weights">n weights, or null.</param>
/// <param name="type">The type of values on the wire.</param>
internal sealed class BlockBuilder(FeatureMatrix features, LabelMatrix labels, double[]? weights, V1.ValueType type)
{
    // Tags and lengths of a block's fields, and of the messages around it.
    private const int Overhead = 128;

    private readonly int _labelBytes = (labels.LabelCount + 7) / 8;
    private readonly int _valueBytes = type == V1.ValueType.Float32 ? sizeof(float) : sizeof(double);

    /// <summary>How many rows from <paramref name="first"/> on fit into a message, at least 1.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="maxBytes">The size of the message at most.</param>
    /// <param name="extraPerRow">Bytes that each row takes outside the block.</param>
    public int CountFitting(int first, int maxBytes, int extraPerRow)
    {
        long size = Overhead;
        int row = first;
        for (; row < features.RowCount; row++)
        {
            long values = features.IsSparse ? features.RowValues(row).Length : features.ColumnCount;
            // The last term is the row's share of the missing mask, whether there will be one or not.
            size += _labelBytes + (weights is null ? 0 : sizeof(double)) + extraPerRow + values * _valueBytes + (values + 7) / 8;
            if (features.IsSparse)
                size += sizeof(int) * (1 + values);
            if (size > maxBytes && row > first)
                break;
        }

        return row - first;
    }

    /// <summary>A block of consecutive rows.</summary>
    /// <exception cref="ArgumentException">A value is infinite, or becomes so in single precision.</exception>
    public V1.RowBlock Build(int first, int count)
    {
        var block = new V1.RowBlock { RowCount = (uint)count, Labels = Labels(first, count) };
        if (weights is not null)
            block.Weights = ByteString.CopyFrom(MemoryMarshal.AsBytes(weights.AsSpan(first, count)));
        if (!features.IsSparse)
        {
            (ByteString values, ByteString missing) = Values(first, count, count * features.ColumnCount);
            block.Dense = new V1.DenseFeatures { Values = values, Missing = missing };
            return block;
        }

        var counts = new int[count];
        int entries = 0;
        for (int row = 0; row < count; row++)
            entries += counts[row] = features.RowValues(first + row).Length;
        block.Sparse = new V1.SparseFeatures { EntryCounts = ByteString.CopyFrom(MemoryMarshal.AsBytes<int>(counts)), Columns = Columns(first, count, entries) };
        (block.Sparse.Values, block.Sparse.Missing) = Values(first, count, entries);
        return block;
    }

    private ByteString Labels(int first, int count)
    {
        var bytes = new byte[count * _labelBytes];
        for (int row = 0; row < count; row++)
            MemoryMarshal.AsBytes(labels.RowWords(first + row))[.._labelBytes].CopyTo(bytes.AsSpan(row * _labelBytes));
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private ByteString Columns(int first, int count, int entries)
    {
        var bytes = new byte[entries * sizeof(int)];
        Span<byte> left = bytes;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<byte> columns = MemoryMarshal.AsBytes(features.RowColumns(row));
            columns.CopyTo(left);
            left = left[columns.Length..];
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private (ByteString Values, ByteString Missing) Values(int first, int count, int total)
    {
        var bytes = new byte[total * _valueBytes];
        byte[]? mask = null;
        int at = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<double> values = features.RowValues(row);
            if (type == V1.ValueType.Float32)
                Narrow(values, MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[at..], row);
            else
                values.CopyTo(MemoryMarshal.Cast<byte, double>(bytes.AsSpan())[at..]);
            for (int bad = Cells.FirstNonFinite(values), from = 0; bad >= 0; bad = Cells.FirstNonFinite(values[from..]))
            {
                int cell = from + bad;
                if (!double.IsNaN(values[cell]))
                    throw new ArgumentException(FormattableString.Invariant($"row {row}: value {cell} is infinite; give a finite number, or NaN where it is missing"));
                mask ??= new byte[(total + 7) / 8];
                mask[(at + cell) >> 3] |= (byte)(1 << ((at + cell) & 7));
                from = cell + 1;
            }

            at += values.Length;
        }

        return (UnsafeByteOperations.UnsafeWrap(bytes), mask is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(mask));
    }

    private static void Narrow(ReadOnlySpan<double> values, Span<float> target, int row)
    {
        for (int at = 0; at < values.Length; at++)
        {
            target[at] = (float)values[at];
            if (float.IsInfinity(target[at]) && double.IsFinite(values[at]))
                throw new ArgumentException(FormattableString.Invariant($"row {row}: value {at} is too large for single precision; send float64"));
        }
    }
}
