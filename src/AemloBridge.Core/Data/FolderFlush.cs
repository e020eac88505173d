using System.Runtime.InteropServices;

namespace AemloBridge.Data;

/// <summary>Asks the system to put a folder's entries on the disk, so that a rename survives a power cut.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder where the system can; elsewhere (Windows) renames are the file system's own business.</summary>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            return;

        // Some file systems cannot flush folders; the file itself is on the disk by now, so that is no error.
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
