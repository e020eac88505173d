namespace AemloBridge.Server.Errors;

/// <summary>Tells a full disk or a used-up disk quota from other errors of writing.</summary>
internal static class DiskFull
{
    // ENOSPC and EDQUOT as Linux and macOS number them; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL as HRESULTs.
    private static readonly int[] Codes = [28, OperatingSystem.IsMacOS() ? 69 : 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether that is what the exception says.</summary>
    public static bool Is(IOException exception) => Codes.Contains(exception.HResult);
}
