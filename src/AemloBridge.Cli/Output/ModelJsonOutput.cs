using System.Text.Json;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Output;

/// <summary>Describes model files for programs.</summary>
internal static class ModelJsonOutput
{
    /// <summary>Writes a list of files, usable or not.</summary>
    public static void WriteList(TextWriter output, IEnumerable<ModelListing> found) =>
        Json.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("models");
            foreach (ModelListing item in found)
            {
                if (item.Description is not null)
                    Write(writer, item.Description);
                else
                    WriteUnusable(writer, item);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    /// <summary>Writes one model as an object.</summary>
    public static void Write(Utf8JsonWriter writer, ModelDescription model)
    {
        writer.WriteStartObject();
        writer.WriteString("file", model.Path);
        writer.WriteNull("error");
        writer.WriteNumber("bytes", model.Bytes);
        writer.WriteNumber("formatVersion", model.FormatVersion);
        writer.WriteString("programVersion", model.ProgramVersion);
        writer.WriteString("relation", model.Schema.RelationName);
        writer.WriteNumber("rows", model.Training.Rows);
        writer.WriteNumber("features", model.Schema.FeatureCount);
        writer.WriteNumber("labelCount", model.Schema.LabelCount);
        writer.WriteNumber("minorityRows", model.SeedRows);
        writer.WriteStrings("minorityLabels", model.MinorityLabels);
        writer.WriteString("preset", model.Options.Preset);
        writer.WriteNumber("seed", model.Training.Seed);
        writer.WriteString("device", model.Training.Device);
        writer.WriteNumber("threads", model.Training.Threads);
        writer.WriteNumber("epochs", model.Training.Epochs.Count);
        writer.WriteNumber("keptEpoch", model.Training.KeptEpoch);
        writer.WriteFinite("seconds", model.Training.Seconds);
        writer.WriteStartObject("options");
        foreach (MethodOption<AemloOptions> option in AemloOptionCatalog.All)
            writer.WriteString(option.Name, option.Format(model.Options));
        writer.WriteEndObject();
        writer.WriteStrings("labels", model.Schema.Labels.Select(label => label.Name));
        writer.WriteStrings("warnings", model.Training.Warnings);
        writer.WriteEndObject();
    }

    private static void WriteUnusable(Utf8JsonWriter writer, ModelListing item)
    {
        writer.WriteStartObject();
        writer.WriteString("file", item.Path);
        writer.WriteString("error", item.Error);
        writer.WriteEndObject();
    }
}
