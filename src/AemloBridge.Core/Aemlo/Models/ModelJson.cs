using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AemloBridge.Aemlo.Models;

/// <summary>How JSON is written in model files and reports: camel case, infinities and NaN as null.</summary>
internal static class ModelJson
{
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <exception cref="AemloModelFormatException">The text is not JSON of that form.</exception>
    public static T Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new AemloModelFormatException("damaged: a part of its header is empty");
        }
        catch (JsonException exception)
        {
            throw new AemloModelFormatException("damaged: a part of its header is not the JSON expected there", exception);
        }
    }

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        // A damaged header must not become a record with nothing in it.
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        // Names of attributes and labels stay readable; nothing here ends up in a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumberConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>JSON has no infinity: it becomes null, and null reads as +∞ (a threshold that is never reached).</summary>
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.PositiveInfinity : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
