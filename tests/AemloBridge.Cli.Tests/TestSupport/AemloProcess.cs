using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>Runs <c>aemlo</c> as a process of its own.</summary>
internal sealed partial class AemloProcess : IDisposable
{
    private const int PatienceMilliseconds = 120_000;

    private readonly Process _process;
    private readonly Task<string> _out;

    private AemloProcess(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The executable, built into the folder of the tests.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aemlo.exe" : "aemlo");

    /// <summary>Runs it to its end.</summary>
    public static CliResult Run(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        using AemloProcess process = Start(args, environment);
        return process.End();
    }

    public static AemloProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Tests started with nohup would hand on that SIGHUP is ignored.
        (string file, IEnumerable<string> words) = OperatingSystem.IsLinux() ? ("env", ["--default-signal", Executable, .. args]) : (Executable, args);
        var start = new ProcessStartInfo(file, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new AemloProcess(Process.Start(start)!);
    }

    /// <summary>Reads standard error up to the first line that contains <paramref name="text"/>.</summary>
    public void WaitForErrorLine(string text)
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"aemlo ended without a line with '{text}' on standard error");
    }

    /// <summary>Sends a signal, as Ctrl-C in a terminal does (POSIX systems).</summary>
    public void Signal(int number) => Assert.Equal(0, Kill(_process.Id, number));

    /// <summary>Waits for the end.</summary>
    public CliResult End()
    {
        string error = _process.StandardError.ReadToEnd();
        Assert.True(_process.WaitForExit(PatienceMilliseconds), "aemlo did not end");
        return new CliResult(_process.ExitCode, _out.GetAwaiter().GetResult(), error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
