using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Output;

/// <summary>Keeps the files of a command apart.</summary>
internal static class OutputFiles
{
    /// <summary>Refuses names that would make one file of two.</summary>
    /// <param name="files">Option (or argument) and path; a path may be null.</param>
    /// <exception cref="UsageException">Two of them are the same file.</exception>
    public static void RequireDistinct(params (string Option, string? Path)[] files)
    {
        var seen = new Dictionary<string, string>(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach ((string option, string? path) in files)
        {
            if (path is { Length: > 0 } && !seen.TryAdd(Path.GetFullPath(path), option))
                throw new UsageException($"{option}: {path} is the file of {seen[Path.GetFullPath(path)]} already; choose another name");
        }
    }
}
