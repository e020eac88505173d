using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>A data set as the messages of an upload.</summary>
public static class DatasetBlocks
{
    /// <summary>The size of a message that leaves room below 1 MiB for what goes around it.</summary>
    public const int DefaultMaxBytes = 1_000_000;

    /// <summary>What comes before the rows. The digest is left empty; <see cref="DatasetDigest.Of"/> computes it.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="name">A name for lists.</param>
    /// <param name="valueType">The type of values on the wire; the same as for <see cref="Rows"/>.</param>
    public static V1.DatasetHeader Header(MultiLabelDataset data, string name = "", V1.ValueType valueType = V1.ValueType.Float64) => new()
    {
        Schema = SchemaContract.ToMessage(data.Schema),
        RowCount = (ulong)data.RowCount,
        Layout = data.Features.IsSparse ? V1.FeatureLayout.Sparse : V1.FeatureLayout.Dense,
        ValueType = valueType,
        HasWeights = data.Weights is not null,
        EntryCount = data.Features.IsSparse ? (ulong)data.Features.StoredCount : 0,
        Name = name,
    };

    /// <summary>The rows, in order, made as they are asked for.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="valueType">The type of values on the wire; <see cref="V1.ValueType.Float32"/> rounds to single precision.</param>
    /// <param name="maxBytes">Bytes of a block at most, unless a single row is longer.</param>
    /// <exception cref="ArgumentException">A value is infinite, or becomes so in single precision.</exception>
    public static IEnumerable<V1.RowBlock> Rows(MultiLabelDataset data, V1.ValueType valueType = V1.ValueType.Float64, int maxBytes = DefaultMaxBytes)
    {
        var builder = new BlockBuilder(data.Features, data.Labels, data.Weights, valueType);
        for (int first = 0; first < data.RowCount;)
        {
            int count = builder.CountFitting(first, maxBytes, 0);
            yield return builder.Build(first, count);
            first += count;
        }
    }
}
