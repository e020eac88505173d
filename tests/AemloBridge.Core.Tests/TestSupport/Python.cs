using System.ComponentModel;
using System.Diagnostics;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Runs a Python script; without Python the test is skipped loudly, and fails in CI.</summary>
internal static class Python
{
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("python3 is not installed: the files were not read from a second language");
            throw;
        }
    }
}
