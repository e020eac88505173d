using System.Numerics;

namespace AemloBridge.Data;

/// <summary>The labels of a data set, n rows by q labels, one bit each: set where the row has the label.</summary>
public sealed class LabelMatrix
{
    private readonly int _wordsPerRow;
    private readonly ulong[] _words;

    /// <summary>A matrix with no label set.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="labelCount">q.</param>
    public LabelMatrix(int rowCount, int labelCount)
    {
        RowCount = rowCount;
        LabelCount = labelCount;
        _wordsPerRow = (labelCount + 63) / 64;
        _words = new ulong[(long)rowCount * _wordsPerRow];
    }

    // For readers that collect the bits while n is not known yet; the array is kept, not copied.
    internal LabelMatrix(int rowCount, int labelCount, ulong[] words)
    {
        RowCount = rowCount;
        LabelCount = labelCount;
        _wordsPerRow = (labelCount + 63) / 64;
        if (words.LongLength != (long)rowCount * _wordsPerRow)
            throw new ArgumentException($"{words.LongLength} words given for {rowCount} rows of {labelCount} labels", nameof(words));
        _words = words;
    }

    /// <summary>n, the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>q, the number of labels.</summary>
    public int LabelCount { get; }

    /// <summary>Whether a row has a label.</summary>
    public bool this[int row, int label]
    {
        get => ((RowWords(row)[label >> 6] >> (label & 63)) & 1) != 0;
        set
        {
            ref ulong word = ref _words[(long)row * _wordsPerRow + (label >> 6)];
            ulong bit = 1UL << (label & 63);
            word = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>The bits of one row, label 0 in the lowest bit of the first word; unused high bits are 0.</summary>
    public ReadOnlySpan<ulong> RowWords(int row) => _words.AsSpan(checked(row * _wordsPerRow), _wordsPerRow);

    /// <summary>The same bits, to write a word at a time; unused high bits must stay 0.</summary>
    internal Span<ulong> WritableRowWords(int row) => _words.AsSpan(checked(row * _wordsPerRow), _wordsPerRow);

    /// <summary>How many labels a row has.</summary>
    public int RowCardinality(int row)
    {
        int count = 0;
        foreach (ulong word in RowWords(row))
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>In how many labels two rows differ (Hamming distance, not divided by q).</summary>
    public static int Disagreement(LabelMatrix first, int firstRow, LabelMatrix second, int secondRow)
    {
        ReadOnlySpan<ulong> left = first.RowWords(firstRow);
        ReadOnlySpan<ulong> right = second.RowWords(secondRow);
        int count = 0;
        for (int word = 0; word < left.Length; word++)
            count += BitOperations.PopCount(left[word] ^ right[word]);
        return count;
    }

    /// <summary>N¹_j for every label: how many rows have it.</summary>
    public int[] PositiveCounts()
    {
        var counts = new int[LabelCount];
        for (int row = 0; row < RowCount; row++)
            CountRow(row, counts);
        return counts;
    }

    /// <summary>For every label, how many of the given rows have it.</summary>
    public int[] PositiveCounts(ReadOnlySpan<int> rows)
    {
        var counts = new int[LabelCount];
        foreach (int row in rows)
            CountRow(row, counts);
        return counts;
    }

    private void CountRow(int row, int[] counts)
    {
        ReadOnlySpan<ulong> words = RowWords(row);
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
                counts[(word << 6) + BitOperations.TrailingZeroCount(bits)]++;
        }
    }

    /// <summary>Copies one row of another matrix with as many labels.</summary>
    public void CopyRowFrom(int row, LabelMatrix source, int sourceRow) =>
        source.RowWords(sourceRow).CopyTo(_words.AsSpan(checked(row * _wordsPerRow), _wordsPerRow));

    /// <summary>The rows of one matrix, then those of another with as many labels.</summary>
    public static LabelMatrix Concatenate(LabelMatrix first, LabelMatrix second)
    {
        var all = new LabelMatrix(first.RowCount + second.RowCount, first.LabelCount);
        for (int row = 0; row < first.RowCount; row++)
            all.CopyRowFrom(row, first, row);
        for (int row = 0; row < second.RowCount; row++)
            all.CopyRowFrom(first.RowCount + row, second, row);
        return all;
    }

    /// <summary>The given rows, in the given order.</summary>
    public LabelMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var selected = new LabelMatrix(rows.Length, LabelCount);
        for (int row = 0; row < rows.Length; row++)
            selected.CopyRowFrom(row, this, rows[row]);
        return selected;
    }
}
