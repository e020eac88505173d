using System.Text.Json;
using AemloBridge.Imbalance;

namespace AemloBridge.Cli.Output;

/// <summary>The measures of imbalance in JSON; the same keys wherever they occur.</summary>
internal static class ImbalanceJson
{
    /// <summary>Writes the measures and one entry per label into the object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, ImbalanceReport report)
    {
        writer.WriteNumber("rows", report.Rows);
        writer.WriteFinite("cardinality", report.Cardinality);
        writer.WriteFinite("density", report.Density);
        writer.WriteFinite("meanIR", report.MeanIR);
        writer.WriteFinite("cvir", report.Cvir);
        writer.WriteFinite("scumble", report.Scumble);
        writer.WriteNumber("minorityLabelCount", report.Labels.Count(label => label.IsMinority));
        writer.WriteNumber("minorityRows", report.MinorityRows);
        writer.WriteStartArray("labels");
        foreach (LabelImbalance label in report.Labels)
        {
            writer.WriteStartObject();
            writer.WriteString("name", label.Name);
            writer.WriteNumber("positives", label.Positives);
            writer.WriteFinite("imR", label.ImR);
            writer.WriteFinite("irLbl", label.IRLbl);
            writer.WriteBoolean("isMinority", label.IsMinority);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
