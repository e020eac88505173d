using System.ComponentModel;
using System.Diagnostics;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Makes named pipes; without <c>mkfifo</c> the test is skipped loudly, and fails in CI.</summary>
internal static class NamedPipe
{
    public static string Create(string path)
    {
        try
        {
            using Process process = Process.Start("mkfifo", [path]);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return path;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true" || OperatingSystem.IsWindows())
        {
            Assert.Skip("mkfifo is not installed: nothing was tried with a named pipe");
            throw;
        }
    }
}
