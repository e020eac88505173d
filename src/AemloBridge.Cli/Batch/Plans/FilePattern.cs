using System.IO.Enumeration;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Paths with <c>*</c> and <c>?</c> within a name, and <c>**</c> for folders at any depth.</summary>
internal static class FilePattern
{
    private const string AnyDepth = "**";
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
    private static readonly char[] Wild = ['*', '?'];

    /// <summary>Whether a path stands for several files.</summary>
    public static bool IsPattern(string path) => path.IndexOfAny(Wild) >= 0;

    /// <summary>The files that match, sorted; the path itself when it is no pattern.</summary>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (!IsPattern(path))
            return [path];
        string root = Path.GetPathRoot(path) ?? string.Empty;
        string[] parts = path[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = [root];
        foreach (string part in parts[..^1])
            folders = folders.SelectMany(folder => Folders(folder, part));
        string name = parts[^1] == AnyDepth ? "*" : parts[^1];
        IEnumerable<string> last = parts[^1] == AnyDepth ? folders.SelectMany(folder => Folders(folder, AnyDepth)) : folders;
        return [.. last.SelectMany(folder => Entries(folder, Directory.EnumerateFiles, name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Folders(string folder, string part)
    {
        if (part != AnyDepth)
            return IsPattern(part) ? Entries(folder, Directory.EnumerateDirectories, part) : Existing(Path.Combine(folder, part));
        return Entries(folder, Directory.EnumerateDirectories, "*").SelectMany(child => Folders(child, AnyDepth)).Prepend(folder);
    }

    private static IEnumerable<string> Existing(string folder) => Directory.Exists(folder) ? [folder] : [];

    // A name that begins with a dot is hidden, as in a shell, unless the pattern begins with one too.
    private static IEnumerable<string> Entries(string folder, Func<string, IEnumerable<string>> list, string pattern)
    {
        string at = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(at))
            return [];
        return list(at)
            .Select(entry => Path.GetFileName(entry))
            .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) && (pattern[0] == '.' || name[0] != '.'))
            .Select(name => Path.Combine(folder, name));
    }
}
