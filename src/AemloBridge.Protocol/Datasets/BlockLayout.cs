using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>What every block of one stream has in common.</summary>
internal sealed class BlockLayout
{
    public BlockLayout(DatasetSchema schema, bool sparse, bool singlePrecision, bool weights)
    {
        Schema = schema;
        Sparse = sparse;
        SinglePrecision = singlePrecision;
        Weights = weights;
        LabelBytes = (schema.LabelCount + 7) / 8;
        CodeCounts = [.. schema.Features.Select(feature => feature.IsNominal ? feature.Values.Count : 0)];
        Nominal = [.. Enumerable.Range(0, CodeCounts.Length).Where(feature => CodeCounts[feature] > 0)];
    }

    public DatasetSchema Schema { get; }

    public bool Sparse { get; }

    public bool SinglePrecision { get; }

    public bool Weights { get; }

    /// <summary>ceil(q / 8).</summary>
    public int LabelBytes { get; }

    /// <summary>For each feature how many codes it has; 0 for a numeric one.</summary>
    public int[] CodeCounts { get; }

    /// <summary>The nominal features.</summary>
    public int[] Nominal { get; }

    /// <summary>Bytes of a feature value.</summary>
    public int ValueBytes => SinglePrecision ? sizeof(float) : sizeof(double);

    /// <summary>Bits of the last label byte that no label uses.</summary>
    public byte UnusedLabelBits => (byte)(Schema.LabelCount % 8 == 0 ? 0 : 0xFF << Schema.LabelCount % 8);

    /// <summary>Reads layout and value type of a header.</summary>
    /// <exception cref="ContractException">One is not set, or not known.</exception>
    public static BlockLayout Of(DatasetSchema schema, V1.FeatureLayout layout, V1.ValueType type, bool weights, string path)
    {
        if (layout is not (V1.FeatureLayout.Dense or V1.FeatureLayout.Sparse))
            throw new ContractException($"{path}.layout", "must be FEATURE_LAYOUT_DENSE or FEATURE_LAYOUT_SPARSE");
        if (type is not (V1.ValueType.Float64 or V1.ValueType.Float32))
            throw new ContractException($"{path}.value_type", "must be VALUE_TYPE_FLOAT64 or VALUE_TYPE_FLOAT32");
        return new BlockLayout(schema, layout == V1.FeatureLayout.Sparse, type == V1.ValueType.Float32, weights);
    }

    /// <summary>Refuses what a <see cref="MultiLabelDataset"/> cannot hold, whatever the limits.</summary>
    /// <exception cref="DatasetTooLargeException">Too many rows or values.</exception>
    public void RequireHoldable(ulong rows, ulong entries)
    {
        DatasetLimits.Require("rows", rows, Array.MaxLength - 1);
        DatasetLimits.Require("feature values", Sparse ? entries : (decimal)rows * Schema.FeatureCount, Array.MaxLength);
        DatasetLimits.Require("words of labels", (decimal)rows * ((Schema.LabelCount + 63) / 64), Array.MaxLength);
    }
}
