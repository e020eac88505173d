using System.Numerics;
using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Resampling.Options;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// Encodes rows of a data set into two host buffers and hands them to the device. The buffers are reused: a batch is
/// valid until the next one is built.
/// </summary>
internal sealed class BatchBuilder : IDisposable
{
    private readonly MultiLabelDataset _data;
    private readonly FeatureEncoder _encoder;
    private readonly Device _device;
    private readonly Tensor _features;
    private readonly Tensor _labels;

    /// <param name="data">Where the rows are.</param>
    /// <param name="encoder">How features are encoded.</param>
    /// <param name="capacity">Rows per batch at most.</param>
    /// <param name="device">Where the batches are wanted.</param>
    public BatchBuilder(MultiLabelDataset data, FeatureEncoder encoder, int capacity, Device device)
    {
        _data = data;
        _encoder = encoder;
        _device = device;
        using var scope = NewDisposeScope();
        _features = zeros([capacity, encoder.Width], dtype: ScalarType.Float32);
        _labels = zeros([capacity, data.Schema.LabelCount], dtype: ScalarType.Float32);
        _features.DetachFromDisposeScope();
        _labels.DetachFromDisposeScope();
    }

    /// <summary>A batch must fit one host buffer.</summary>
    /// <exception cref="AemloBridge.Resampling.Options.AemloOptionException">The batch size is too large for so many encoded columns.</exception>
    public static void RequireSize(MultiLabelDataset data, int batchSize)
    {
        long width = data.Schema.Features.Sum(attribute => attribute.Values.Count > 2 ? (long)attribute.Values.Count : 1);
        long widest = Math.Max(width, data.Schema.LabelCount);
        long rows = Math.Min(batchSize, data.RowCount);
        if (rows * widest * sizeof(float) > Array.MaxLength)
            throw new AemloOptionException("batch-size", $"{batchSize} rows of {widest} columns do not fit one batch; at most {Array.MaxLength / sizeof(float) / widest} do");
    }

    /// <summary>Encoded features of the rows, rows × encoder width, float32 on the device.</summary>
    public Tensor Features(ReadOnlySpan<int> rows)
    {
        Span<float> cells = MemoryMarshal.Cast<byte, float>(_features.bytes);
        for (int at = 0; at < rows.Length; at++)
            _encoder.Encode(_data.Features, rows[at], cells.Slice(at * _encoder.Width, _encoder.Width));
        return _features.narrow(0, 0, rows.Length).to(_device);
    }

    /// <summary>Labels of the rows, rows × q, 0 or 1, float32 on the device.</summary>
    public Tensor Labels(ReadOnlySpan<int> rows)
    {
        int labelCount = _data.Schema.LabelCount;
        Span<float> cells = MemoryMarshal.Cast<byte, float>(_labels.bytes)[..(rows.Length * labelCount)];
        cells.Clear();
        for (int at = 0; at < rows.Length; at++)
        {
            ReadOnlySpan<ulong> words = _data.Labels.RowWords(rows[at]);
            for (int word = 0; word < words.Length; word++)
            {
                for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
                    cells[at * labelCount + (word << 6) + BitOperations.TrailingZeroCount(bits)] = 1;
            }
        }

        return _labels.narrow(0, 0, rows.Length).to(_device);
    }

    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
    }
}
