using System.Diagnostics;
using System.Globalization;

namespace AemloBridge.Server.Tests.Soak;

/// <summary>What Linux says about processes.</summary>
internal static class ProcessTree
{
    /// <summary>The processes that a process has started and that still run.</summary>
    public static int[] ChildrenOf(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task")
            .SelectMany(task => Read($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>The words that a process was started with.</summary>
    public static string[] CommandLine(int process) => Read($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Resident memory in bytes.</summary>
    public static long Resident(int process)
    {
        string line = Read($"/proc/{process}/status").Split('\n').First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends a process as <c>kill -9</c> does; one that has ended already is fine.</summary>
    public static void Kill(int process)
    {
        try
        {
            using Process target = Process.GetProcessById(process);
            target.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process or thread has ended meanwhile.
            return string.Empty;
        }
    }
}
