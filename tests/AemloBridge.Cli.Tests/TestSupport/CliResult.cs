using System.Text.Json;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>How a run of <c>aemlo</c> ended and what it wrote.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output as one JSON document; fails when anything else is there.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>The cells of the line of standard output that begins with <paramref name="first"/>, split at two or more spaces.</summary>
    public string[] Row(string first)
    {
        string line = Assert.Single(Out.Split('\n'), line => line.TrimEnd('\r').StartsWith(first + "  ", StringComparison.Ordinal));
        return line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
