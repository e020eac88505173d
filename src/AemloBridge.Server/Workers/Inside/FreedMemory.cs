using System.Runtime.InteropServices;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>Gives memory back to the system between two jobs, so that an idle worker is as small as a new one.</summary>
internal static partial class FreedMemory
{
    /// <summary>Collects what is no longer used, and has the C heap return its free pages where it can.</summary>
    public static void Return()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
