using AemloBridge.Server.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Tells a disk that takes no more from every other error.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>The words for it.</summary>
    public static RequestException Refusal() => RequestException.Exhausted(
        Reasons.DiskFull,
        "the server's disk is full; delete data sets or models that are not needed any more, or ask whoever runs the server for space");

    /// <summary>As <see cref="Is"/>, for what writing to a file throws: .NET calls a file that has reached the size that the system allows an argument out of range.</summary>
    public static bool WhileWriting(Exception error) => error is ArgumentOutOfRangeException || Is(error);

    /// <summary>Whether the disk, or the share of it that the system allows the server, is used up.</summary>
    public static bool Is(Exception error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == raw.SQLITE_FULL
            || sqlite.SqliteExtendedErrorCode is raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_SHMSIZE,
        IOException when OperatingSystem.IsWindows() => error.HResult is WindowsDiskFull or WindowsHandleDiskFull,
        IOException => error.HResult == NoSpace || error.HResult == (OperatingSystem.IsMacOS() ? MacQuota : LinuxQuota),
        _ => false,
    };
}
