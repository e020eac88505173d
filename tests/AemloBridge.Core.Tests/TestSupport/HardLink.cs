using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AemloBridge.Tests.TestSupport;

/// <summary>A second name for a file.</summary>
internal static partial class HardLink
{
    public static void Create(string existing, string name)
    {
        bool made = OperatingSystem.IsWindows() ? CreateWindows(name, existing, 0) : CreateUnix(existing, name) == 0;
        if (!made)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int CreateUnix(string existing, string name);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateWindows(string name, string existing, nint security);
}
