using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using Google.Protobuf;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Messages that are right, for tests that make one thing wrong.</summary>
internal static class Valid
{
    /// <summary>A numeric feature, a nominal one with three values, and nine labels: three rows of them.</summary>
    public static MultiLabelDataset Dataset(bool sparse, bool weights = false)
    {
        const int Labels = 9;
        DataAttribute[] attributes =
        [
            DataAttribute.Numeric("x"),
            DataAttribute.Nominal("c", "red", "green", "blue"),
            .. Enumerable.Range(0, Labels).Select(label => DataAttribute.Nominal($"y{label}", "0", "1")),
        ];
        var schema = new Data.DatasetSchema("r", attributes, [.. Enumerable.Range(0, Labels).Select(label => new LabelDefinition($"y{label}", 2 + label, 1))]);
        var features = new FeatureMatrixBuilder(2, sparse);
        features.AddDenseRow([1.5, 2]);
        features.AddDenseRow([-3, 1]);
        features.AddDenseRow([0.25, 1]);
        var matrix = new LabelMatrix(3, Labels) { [0, 0] = true, [1, 8] = true, [2, 3] = true };
        return new MultiLabelDataset(schema, features.Build(), matrix, weights ? [1, 0, 2.5] : null);
    }

    public static (DatasetHeader Header, RowBlock Block) Messages(bool sparse, bool weights = false, Protocol.V1.ValueType type = Protocol.V1.ValueType.Float64)
    {
        MultiLabelDataset data = Dataset(sparse, weights);
        return (DatasetBlocks.Header(data, "name", type), Assert.Single(DatasetBlocks.Rows(data, type)));
    }

    public static ByteString Bytes<T>(params ReadOnlySpan<T> numbers)
        where T : struct => ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers));
}
