using System.Text.Json.Nodes;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>Compares reports: equal runs give equal ones but for their times.</summary>
internal static class JsonFile
{
    public static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    /// <summary>A report as text, without its times.</summary>
    public static string WithoutTimes(JsonNode report)
    {
        JsonNode copy = report.DeepClone();
        copy.AsObject().Remove("seconds");
        return copy.ToJsonString();
    }
}
