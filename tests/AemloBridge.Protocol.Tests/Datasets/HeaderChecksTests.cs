using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Protocol.Tests.Datasets;

/// <summary>One thing wrong in a header that is right otherwise.</summary>
public sealed class HeaderChecksTests
{
    public static TheoryData<string, string, Action<DatasetHeader>> Wrong { get; } = new()
    {
        { "header.schema", "is not set", header => header.Schema = null },
        { "header.layout", "FEATURE_LAYOUT_DENSE", header => header.Layout = FeatureLayout.Unspecified },
        { "header.layout", "FEATURE_LAYOUT_DENSE", header => header.Layout = (FeatureLayout)99 },
        { "header.value_type", "VALUE_TYPE_FLOAT64", header => header.ValueType = Protocol.V1.ValueType.Unspecified },
        { "header.entry_count", "must be 0", header => header.EntryCount = 1 },
        { "header.digest", "64 lower-case", header => header.Digest = new string('A', 64) },
        { "header.digest", "64 lower-case", header => header.Digest = "0" },
        { "header.name", "201 characters", header => header.Name = new string('n', 201) },
        { "header.schema.labels", "at least one", header => header.Schema.Labels.Clear() },
        { "header.schema.attributes", "at least one more", header => RemoveFeatures(header.Schema) },
        { "header.schema.attributes[1].name", "is empty", header => header.Schema.Attributes[1].Name = "" },
        { "header.schema.attributes[3].name", "unique", header => header.Schema.Attributes[3].Name = "x" },
        { "header.schema.attributes[0].type", "is not set", header => header.Schema.Attributes[0].ClearType() },
        { "header.schema.attributes[0].numeric.declared_type", "numeric, real, integer", header => header.Schema.Attributes[0].Numeric.DeclaredType = "date" },
        { "header.schema.attributes[1].nominal.values", "at least one value", header => header.Schema.Attributes[1].Nominal.Values.Clear() },
        { "header.schema.attributes[1].nominal.values[3]", "unique", header => header.Schema.Attributes[1].Nominal.Values.Add("red") },
        { "header.schema.labels[8].attribute_index", "11 attributes", header => header.Schema.Labels[8].AttributeIndex = 11 },
        { "header.schema.labels[8].attribute_index", "11 attributes", header => header.Schema.Labels[8].AttributeIndex = uint.MaxValue },
        { "header.schema.labels[1].attribute_index", "greater than", header => header.Schema.Labels[1].AttributeIndex = 2 },
        { "header.schema.labels[0].attribute_index", "two values", header => header.Schema.Labels[0].AttributeIndex = 1 },
        { "header.schema.labels[0].attribute_index", "two values", header => header.Schema.Labels[0].AttributeIndex = 0 },
        { "header.schema.labels[4].positive_value", "0 or 1", header => header.Schema.Labels[4].PositiveValue = 2 },
        { "header.schema.labels[0].parent", "9 labels", header => header.Schema.Labels[0].Parent = 9 },
        { "header.schema.labels[2].parent", "cycle", header => header.Schema.Labels[2].Parent = 2 },
        { "header.schema.labels[0].parent", "cycle", header => Cycle(header.Schema, 0, 3, 7) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Constructor_OneThingWrong_NamesTheFieldAndTheReason(string field, string reason, Action<DatasetHeader> damage)
    {
        DatasetHeader header = Valid.Messages(sparse: false).Header;
        damage(header);
        Refused.At(field, reason, () => new DatasetAssembler(header, DatasetLimits.None, keepRows: false));
    }

    [Fact]
    public void Constructor_MoreEntriesThanCells_IsRefused()
    {
        DatasetHeader header = Valid.Messages(sparse: true).Header;
        header.EntryCount = 7;
        Refused.At("header.entry_count", "row_count x d", () => new DatasetAssembler(header, DatasetLimits.None, keepRows: false));
    }

    [Fact]
    public void FromMessage_EmptyDeclaredType_MeansNumeric()
    {
        DatasetHeader header = Valid.Messages(sparse: false).Header;
        header.Schema.Attributes[0].Numeric.DeclaredType = "";
        Assert.Equal("numeric", SchemaContract.FromMessage(header.Schema, DatasetLimits.None).Attributes[0].DeclaredType);
    }

    private static void RemoveFeatures(DatasetSchema schema)
    {
        schema.Attributes.RemoveAt(0);
        schema.Attributes.RemoveAt(0);
        foreach (Label label in schema.Labels)
            label.AttributeIndex -= 2;
    }

    private static void Cycle(DatasetSchema schema, params uint[] labels)
    {
        for (int at = 0; at < labels.Length; at++)
            schema.Labels[(int)labels[at]].Parent = labels[(at + 1) % labels.Length];
    }
}
