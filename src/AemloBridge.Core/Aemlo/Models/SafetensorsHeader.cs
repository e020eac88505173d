using System.Text.Json;

namespace AemloBridge.Aemlo.Models;

/// <summary>Where one array lies in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Start">First byte, from the start of the data.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsPlace(string Name, string Type, long[] Shape, long Start, long End);

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Places">The arrays; together they cover the data without gap or overlap.</param>
/// <param name="DataStart">Where the data starts in the file.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsPlace> Places, long DataStart)
{
    /// <summary>Reads and checks a header.</summary>
    /// <param name="root">Its JSON.</param>
    /// <param name="dataStart">Where the data starts.</param>
    /// <param name="fileLength">Bytes in the file.</param>
    /// <exception cref="AemloModelFormatException">An array does not fit its shape or the file.</exception>
    public static SafetensorsHeader Parse(JsonElement root, long dataStart, long fileLength)
    {
        var metadata = new Dictionary<string, string>();
        var places = new List<SafetensorsPlace>();
        var names = new HashSet<string>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new AemloModelFormatException($"damaged: tensor '{property.Name}' is listed twice");
            if (property.Name != "__metadata__")
            {
                places.Add(Place(property));
                continue;
            }

            foreach (JsonProperty item in property.Value.EnumerateObject())
                metadata[item.Name] = item.Value.GetString() ?? "";
        }

        CheckCoverage(places, fileLength - dataStart);
        return new SafetensorsHeader(metadata, places, dataStart);
    }

    private static SafetensorsPlace Place(JsonProperty property)
    {
        string name = property.Name;
        string type = Member(property, "dtype").GetString() ?? "";
        long[] shape = [.. Member(property, "shape").EnumerateArray().Select(item => item.GetInt64())];
        long[] offsets = [.. Member(property, "data_offsets").EnumerateArray().Select(item => item.GetInt64())];
        int size = SafetensorsEntry.SizeOf(type);
        if (size == 0)
            throw new AemloModelFormatException($"tensor '{name}' has type '{type}', which no AEMLO model uses");
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] > Array.MaxLength || shape.Any(dimension => dimension < 0))
            throw new AemloModelFormatException($"damaged: the place of tensor '{name}' makes no sense");
        long cells = 1;
        foreach (long dimension in shape)
        {
            if (dimension > 0 && cells > Array.MaxLength / dimension)
                throw new AemloModelFormatException($"damaged: the shape of tensor '{name}' makes no sense");
            cells *= dimension;
        }

        if (cells * size != offsets[1] - offsets[0])
            throw new AemloModelFormatException($"damaged: tensor '{name}' has {offsets[1] - offsets[0]} bytes for {cells} cells of {size} bytes");
        return new SafetensorsPlace(name, type, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Member(JsonProperty property, string name) =>
        property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new AemloModelFormatException($"damaged: tensor '{property.Name}' has no {name}");

    private static void CheckCoverage(IReadOnlyList<SafetensorsPlace> places, long dataLength)
    {
        long covered = 0;
        foreach (SafetensorsPlace place in places.OrderBy(place => place.Start).ThenBy(place => place.End))
        {
            if (place.Start != covered)
                throw new AemloModelFormatException($"damaged: the data of tensor '{place.Name}' does not follow the one before it");
            covered = place.End;
        }

        if (covered > dataLength)
            throw new AemloModelFormatException($"cut short: {dataLength} bytes of data where the header announces {covered}");
        if (covered < dataLength)
            throw new AemloModelFormatException($"damaged: {dataLength - covered} bytes follow the last tensor");
    }
}
