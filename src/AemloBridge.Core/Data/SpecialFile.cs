using System.Runtime.InteropServices;

namespace AemloBridge.Data;

/// <summary>Recognises pipes, devices and sockets, which have names like files but cannot be replaced by one.</summary>
internal static partial class SpecialFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int RegularType = 0x8000;

    // Both systems' structures are shorter.
    private const int StatusSize = 512;
    private const int LinuxModeOffset = 28;
    private const int MacModeOffset = 4;

    /// <summary>True when a path leads, through links, to something that is neither a regular file nor a folder.</summary>
    public static bool Is(string path)
    {
        int mode = Mode(Path.GetFullPath(path)) & TypeMask;
        return mode is not (0 or FolderType or RegularType);
    }

    // The file's type and permissions; 0 when it does not exist or the system does not say.
    private static int Mode(string path)
    {
        Span<byte> status = stackalloc byte[StatusSize];
        status.Clear();
        try
        {
            if (OperatingSystem.IsLinux())
                return StatX(CurrentFolder, path, 0, TypeOnly, ref status[0]) == 0 ? MemoryMarshal.Read<ushort>(status[LinuxModeOffset..]) : 0;
            if (!OperatingSystem.IsMacOS())
                return 0;
            int failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatMacX64(path, ref status[0]) : Stat(path, ref status[0]);
            return failed == 0 ? MemoryMarshal.Read<ushort>(status[MacModeOffset..]) : 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call: the check is left out, as on systems without special files.
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatMacX64(string path, ref byte status);
}
