using System.Text.Json;
using AemloBridge.Data;

namespace AemloBridge.Aemlo.Models;

/// <summary>A data set's columns as JSON, for the header of model files.</summary>
internal static class SchemaJson
{
    private sealed record AttributeJson(string Name, string Type, IReadOnlyList<string>? Values);

    private sealed record LabelJson(int Attribute, int Positive, int Parent);

    private sealed record Root(string Relation, IReadOnlyList<AttributeJson> Attributes, IReadOnlyList<LabelJson> Labels);

    public static string Write(DatasetSchema schema) => JsonSerializer.Serialize(
        new Root(
            schema.RelationName,
            [.. schema.Attributes.Select(a => new AttributeJson(a.Name, a.IsNominal ? "nominal" : a.DeclaredType, a.IsNominal ? a.Values : null))],
            [.. schema.Labels.Select(l => new LabelJson(l.AttributeIndex, l.PositiveValue, l.Parent))]),
        ModelJson.Options);

    /// <exception cref="AemloModelFormatException">The text is no such JSON.</exception>
    public static DatasetSchema Read(string text)
    {
        try
        {
            Root root = ModelJson.Read<Root>(text);
            DataAttribute[] attributes = [.. root.Attributes.Select(a =>
                a.Type == "nominal" ? DataAttribute.Nominal(a.Name, a.Values ?? []) : DataAttribute.Numeric(a.Name, a.Type))];
            LabelDefinition[] labels = [.. root.Labels.Select(l => new LabelDefinition(attributes[l.Attribute].Name, l.Attribute, l.Positive, l.Parent))];
            return new DatasetSchema(root.Relation, attributes, labels);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            throw new AemloModelFormatException("damaged: its schema does not fit together", exception);
        }
    }
}
