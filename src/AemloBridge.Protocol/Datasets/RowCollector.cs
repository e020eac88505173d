using System.Runtime.InteropServices;
using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>Collects the rows of checked blocks; memory grows with what was added.</summary>
internal sealed class RowCollector(BlockLayout layout)
{
    private readonly FeatureMatrixBuilder _features = new(layout.Schema.FeatureCount, layout.Sparse);
    private readonly List<double> _weights = [];
    private readonly int _wordsPerRow = (layout.Schema.LabelCount + 63) / 64;
    private ulong[] _words = [];
    private int _rows;

    /// <summary>Adds the rows of the reader's block.</summary>
    public void Add(BlockReader block)
    {
        AddFeatures(block);
        AddLabels(block);
        if (layout.Weights)
            _weights.AddRange(block.Weights);
        _rows += block.Rows;
    }

    /// <summary>The features; nothing may be added afterwards.</summary>
    public FeatureMatrix Features() => _features.Build();

    /// <summary>The labels of the rows added.</summary>
    public LabelMatrix Labels() => new(_rows, layout.Schema.LabelCount, _words[..(_rows * _wordsPerRow)]);

    /// <summary>The weights; null when every row weighs 1.</summary>
    public double[]? Weights() => layout.Weights ? [.. _weights] : null;

    private void AddFeatures(BlockReader block)
    {
        ReadOnlySpan<double> values = block.Values;
        if (!layout.Sparse)
        {
            int d = layout.Schema.FeatureCount;
            for (int row = 0; row < block.Rows; row++)
                _features.AddDenseRow(values.Slice(row * d, d));
            return;
        }

        ReadOnlySpan<int> columns = block.Columns;
        int at = 0;
        foreach (int count in block.Counts)
        {
            _features.AddSparseRow(columns.Slice(at, count), values.Slice(at, count));
            at += count;
        }
    }

    private void AddLabels(BlockReader block)
    {
        int needed = (_rows + block.Rows) * _wordsPerRow;
        if (needed > _words.Length)
            Array.Resize(ref _words, (int)Math.Min(Math.Max(needed, _words.Length * 2L), Array.MaxLength));
        ReadOnlySpan<byte> labels = block.Labels;
        for (int row = 0; row < block.Rows; row++)
        {
            Span<ulong> words = _words.AsSpan((_rows + row) * _wordsPerRow, _wordsPerRow);
            labels.Slice(row * layout.LabelBytes, layout.LabelBytes).CopyTo(MemoryMarshal.AsBytes(words));
        }
    }
}
