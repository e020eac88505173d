using System.Runtime.InteropServices;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>Cuts the first rows off a part, for readers that have them already.</summary>
internal static class NewRowsSlice
{
    /// <summary>The part without its first rows.</summary>
    /// <param name="part">The part.</param>
    /// <param name="skip">How many rows to leave out, less than there are.</param>
    /// <exception cref="ContractException">Its lengths do not agree with its number of rows.</exception>
    public static V1.NewRows Without(V1.NewRows part, int skip)
    {
        V1.RowBlock block = part.Rows;
        RequireWhole(part);
        int rows = (int)block.RowCount;
        var rest = new V1.RowBlock
        {
            RowCount = (uint)(rows - skip),
            Labels = Tail(block.Labels, rows, skip),
            Weights = Tail(block.Weights, rows, skip),
        };
        if (block.Sparse is { } sparse)
        {
            int all = sparse.Columns.Length / sizeof(int);
            int entries = (int)Sum(sparse.EntryCounts, skip);
            rest.Sparse = new V1.SparseFeatures
            {
                EntryCounts = Tail(sparse.EntryCounts, rows, skip),
                Columns = Tail(sparse.Columns, all, entries),
                Values = Tail(sparse.Values, all, entries),
                Missing = Bits(sparse.Missing, entries, all),
            };
        }
        else if (block.Dense is { } dense)
        {
            int columns = dense.Values.Length / sizeof(double) / rows;
            rest.Dense = new V1.DenseFeatures
            {
                Values = Tail(dense.Values, rows, skip),
                Missing = Bits(dense.Missing, skip * columns, rows * columns),
            };
        }

        return new V1.NewRows
        {
            FirstRow = part.FirstRow + (ulong)skip,
            Rows = rest,
            SeedRows = Tail(part.SeedRows, rows, skip),
            NeighbourRows = Tail(part.NeighbourRows, rows, skip),
        };
    }

    // Only what keeps the cut inside the arrays; the reader of the stream checks the rest.
    private static void RequireWhole(V1.NewRows part)
    {
        V1.RowBlock block = part.Rows;
        long rows = block.RowCount;
        bool whole = part.SeedRows.Length == rows * sizeof(int);
        if (block.Sparse is { } sparse)
        {
            long entries = sparse.Columns.Length / sizeof(int);
            whole &= sparse.EntryCounts.Length == rows * sizeof(int) && HasBits(sparse.Missing, entries);
            whole = whole && Sum(sparse.EntryCounts, (int)rows) == entries;
        }
        else if (block.Dense is { } dense)
        {
            whole = whole && HasBits(dense.Missing, dense.Values.Length / sizeof(double));
        }

        if (!whole)
            throw new ContractException("file", "new rows whose lengths do not agree with their number; it is damaged");
    }

    private static bool HasBits(ByteString mask, long bits) => mask.IsEmpty || mask.Length == (bits + 7) / 8;

    private static long Sum(ByteString counts, int rows)
    {
        long sum = 0;
        foreach (uint count in MemoryMarshal.Cast<byte, uint>(counts.Span)[..rows])
            sum += count;
        return sum;
    }

    // Of items of equal length, those after the first ones.
    private static ByteString Tail(ByteString bytes, int items, int skip) =>
        items == 0 ? ByteString.Empty : ByteString.CopyFrom(bytes.Span[(bytes.Length / items * skip)..]);

    private static ByteString Bits(ByteString mask, int from, int to)
    {
        if (mask.IsEmpty)
            return mask;
        var bits = new byte[(to - from + 7) / 8];
        bool any = false;
        for (int at = from; at < to; at++)
        {
            if (!Cells.Bit(mask.Span, at))
                continue;
            any = true;
            bits[(at - from) >> 3] |= (byte)(1 << ((at - from) & 7));
        }

        return any ? UnsafeByteOperations.UnsafeWrap(bits) : ByteString.Empty;
    }
}
