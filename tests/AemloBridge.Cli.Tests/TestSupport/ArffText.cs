namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>Reads ARFF files as plain text, apart from the program's own reader.</summary>
internal static class ArffText
{
    /// <summary>The lines after <c>@data</c>, blank ones and comments left out.</summary>
    public static string[] DataLines(string path) =>
        [.. File.ReadLines(path)
            .SkipWhile(line => !line.Trim().Equals("@data", StringComparison.OrdinalIgnoreCase))
            .Skip(1)
            .Where(line => line.Trim().Length > 0 && !line.StartsWith('%'))];
}
