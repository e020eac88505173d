using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AemloBridge.Devices;

/// <summary>Variables as native libraries see them.</summary>
/// <remarks>
/// .NET keeps its own copy of the environment on Unix, and the C runtime keeps one on Windows: a variable set through
/// <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not reach getenv() in either.
/// </remarks>
internal static partial class CEnvironment
{
    /// <summary>Sets a variable that the user has not set.</summary>
    public static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
            Set(name, value);
    }

    public static void Set(string name, string value)
    {
        int failed = OperatingSystem.IsWindows() ? PutWindows(name, value) : SetUnix(name, value, 1);
        if (failed != 0)
            throw new DeviceException(
                $"the environment variable {name} could not be set for libtorch: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetUnix(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutWindows(string name, string value);
}
