using System.Globalization;
using AemloBridge.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Cli.Output;

/// <summary>Describes the models of a server.</summary>
internal static class ServerModelOutput
{
    private const string None = "-";

    /// <summary>For people: a line each.</summary>
    public static void WriteText(TextWriter output, IReadOnlyList<Model> models)
    {
        if (models.Count == 0)
        {
            output.WriteLine("the server has no models");
            return;
        }

        var table = new TextTable("id", "name", "preset", "features", "labels", "|M|", "seed", "bytes", "created");
        foreach (Model model in models)
        {
            table.Add(
                model.Id,
                model.Name.Length > 0 ? model.Name : None,
                model.Method?.Preset is { Length: > 0 } preset ? preset : None,
                Figures.Count(model.FeatureCount),
                Figures.Count(model.LabelCount),
                Figures.Count((long)model.SeedRowCount),
                model.Method?.Options.GetValueOrDefault("seed") ?? None,
                Figures.Count((long)model.ByteCount),
                Time(model.Created) ?? None);
        }

        table.Write(output);
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<Model> models) =>
        Json.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("models");
            foreach (Model model in models)
            {
                writer.WriteStartObject();
                writer.WriteString("id", model.Id);
                writer.WriteString("name", model.Name);
                writer.WriteNumber("bytes", model.ByteCount);
                writer.WriteString("sha256", model.Sha256);
                writer.WriteString("datasetDigest", model.DatasetDigest.Length > 0 ? model.DatasetDigest : null);
                writer.WriteNumber("features", model.FeatureCount);
                writer.WriteNumber("labelCount", model.LabelCount);
                writer.WriteNumber("minorityRows", model.SeedRowCount);
                writer.WriteString("preset", model.Method?.Preset);
                writer.WriteStartObject("options");
                foreach ((string name, string value) in model.Method?.Options.OrderBy(option => option.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, string>>())
                    writer.WriteString(name, value);
                writer.WriteEndObject();
                writer.WriteString("created", Time(model.Created));
                writer.WriteString("lastUsed", Time(model.LastUsed));
                writer.WriteString("expires", Time(model.Expires));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static string? Time(Timestamp? time) => time?.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
