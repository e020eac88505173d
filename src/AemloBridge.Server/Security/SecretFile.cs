namespace AemloBridge.Server.Security;

/// <summary>Files that only their owner should be able to read.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>A warning when others can read or change the file; null when all is well, or where that is not known.</summary>
    public static string? Warning(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return null;
        UnixFileMode mode = File.GetUnixFileMode(path);
        return (mode & Others) == 0 ? null : $"{path} can be read or changed by other users of this machine; chmod 600 or 640 it";
    }
}
