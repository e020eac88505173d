using System.Diagnostics;
using System.Runtime.Versioning;

namespace AemloBridge.Server.Tests.Storage;

/// <summary>Keeps a folder from being deleted: by its permissions, or for the administrator, whom they do not stop, by mounting something on it.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Undeletable : IDisposable
{
    private readonly bool _mounted;

    private Undeletable(string path, bool mounted)
    {
        Path = path;
        _mounted = mounted;
    }

    /// <summary>Where the folder is by now: the folders above it may have been renamed.</summary>
    public string Path { get; set; }

    public static Undeletable Make(string path)
    {
        if (Mount(path, "64k"))
            return new Undeletable(path, mounted: true);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new Undeletable(path, mounted: false);
    }

    /// <summary>Mounts a small file system in memory; false where that is not allowed.</summary>
    public static bool Mount(string path, string size) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path) == 0;

    /// <summary>Takes it away again, even if something is open in it.</summary>
    public static void Unmount(string path) => Run("umount", "-l", path);

    public void Dispose()
    {
        if (_mounted)
            Unmount(Path);
        else
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
