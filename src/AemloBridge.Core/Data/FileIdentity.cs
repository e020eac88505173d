namespace AemloBridge.Data;

/// <summary>Tells whether two paths lead to one file, through whatever links stand in them.</summary>
/// <remarks>
/// Hard links count as two files: output replaces a name (see <see cref="AtomicFile"/>), so the other name keeps its content.
/// </remarks>
public static class FileIdentity
{
    // As many as Linux follows before it gives up on a circle of links.
    private const int MaxLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>How the system compares paths: exactly on Linux, elsewhere without regard to case.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>True when both paths lead to the same file, whether or not it exists.</summary>
    public static bool AreSame(string first, string second) => Comparer.Equals(Resolve(first), Resolve(second));

    /// <summary>The full path without links: those of folders and of the file itself are followed; what does not exist stays as named.</summary>
    /// <param name="path">A path; relative to the current folder if it is relative.</param>
    public static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string resolved = Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        PushParts(rest, full[resolved.Length..]);
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            string next = Path.Combine(resolved, part);
            string? target = links < MaxLinks ? LinkTarget(next) : null;
            if (target is null)
            {
                resolved = next;
                continue;
            }

            links++;
            if (Path.IsPathFullyQualified(target))
            {
                resolved = Path.GetPathRoot(target)!;
                target = target[resolved.Length..];
            }

            PushParts(rest, target);
        }

        return resolved;
    }

    private static void PushParts(Stack<string> rest, string path)
    {
        foreach (string part in path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (part != ".")
                rest.Push(part);
        }
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return entry.LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be opened either; whoever opens it says why.
            return null;
        }
    }
}
