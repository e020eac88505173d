using System.Text.Json;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Options in a column: a JSON object of texts, ordered by name.</summary>
internal static class OptionsText
{
    public static string Write(IReadOnlyDictionary<string, string> options) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(options.ToDictionary(), StringComparer.Ordinal));

    public static IReadOnlyDictionary<string, string> Read(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [];
}
