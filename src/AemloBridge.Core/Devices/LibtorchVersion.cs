using System.Text.RegularExpressions;

namespace AemloBridge.Devices;

/// <summary>Which libtorch a folder holds, found without loading it.</summary>
internal static partial class LibtorchVersion
{
    /// <summary>The version that TorchSharp 0.107 is compiled against.</summary>
    public const string Needed = "2.10";

    /// <summary>The version that TorchSharp's packages bring. (torch.__version__ says the same, but reading it loads libtorch.)</summary>
    public const string Bundled = "2.10.0";

    /// <summary>
    /// The version that the folder's surroundings state: version.py of a pip-installed PyTorch or build-version of a
    /// libtorch archive, both one level up, or the suffix of libtorch_cpu.so as Linux distributions name it. Null where
    /// none of them is there; the libraries hold no version string of their own.
    /// </summary>
    /// <param name="folder">The folder with the libraries.</param>
    public static string? Detect(string folder)
    {
        string? parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder));
        if (parent is not null)
        {
            if (ReadFirst(Path.Combine(parent, "version.py"), PythonVersion()) is { } python)
                return python;
            if (ReadFirst(Path.Combine(parent, "build-version"), PlainVersion()) is { } plain)
                return plain;
        }

        return Directory.EnumerateFiles(folder, "libtorch_cpu.so.*")
            .Select(path => SuffixVersion().Match(Path.GetFileName(path)))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .OrderByDescending(version => version.Length)
            .FirstOrDefault();
    }

    /// <summary>Whether a version is the needed one, whatever its patch level and build.</summary>
    public static bool IsNeeded(string version) =>
        version == Needed || version.StartsWith(Needed + ".", StringComparison.Ordinal) || version.StartsWith(Needed + "+", StringComparison.Ordinal);

    private static string? ReadFirst(string path, Regex pattern)
    {
        if (!File.Exists(path))
            return null;
        Match match = pattern.Match(File.ReadAllText(path));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""^__version__\s*(?::\s*\w+\s*)?=\s*['"]([^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();

    [GeneratedRegex(@"^\s*(\d+\.\d+\S*)")]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"^libtorch_cpu\.so\.(\d+\.\d+(?:\.\d+)*)$")]
    private static partial Regex SuffixVersion();
}
