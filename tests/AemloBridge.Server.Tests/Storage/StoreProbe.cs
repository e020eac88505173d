using System.Diagnostics;

namespace AemloBridge.Server.Tests.Storage;

/// <summary>A process of AemloBridge.Server.Probe, which lies beside the tests.</summary>
internal static class StoreProbe
{
    /// <summary>Starts a command; its standard output is to be read.</summary>
    public static Process Start(params string[] arguments)
    {
        string name = OperatingSystem.IsWindows() ? "AemloBridge.Server.Probe.exe" : "AemloBridge.Server.Probe";
        return Start(Path.Combine(AppContext.BaseDirectory, name), arguments);
    }

    /// <summary>Starts a command that may write no file longer than this; a longer one fails with an error instead of a signal.</summary>
    public static Process StartWithFileLimit(int kibibytes, params string[] arguments) =>
        Start("bash", ["-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"", Path.Combine(AppContext.BaseDirectory, "AemloBridge.Server.Probe"), .. arguments]);

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        // Otherwise .NET itself makes a file in memory that is longer than the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }
}
