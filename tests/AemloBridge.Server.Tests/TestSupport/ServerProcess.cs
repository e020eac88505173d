using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>One process of <c>aemlo</c> whose output is collected while it runs.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Terminate = 15;

    // As Linux numbers them; other systems have other numbers.
    public const int Continue = 18;
    public const int Stop = 19;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly TextCollector _out;
    private readonly TextCollector _error;

    private ServerProcess(Process process)
    {
        _process = process;
        _out = new TextCollector(process.StandardOutput);
        _error = new TextCollector(process.StandardError);
    }

    /// <summary>The executable, built into the folder of the tests.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aemlo.exe" : "aemlo");

    public int Id => _process.Id;

    public string StandardOutput => _out.Text;

    public string StandardError => _error.Text;

    /// <summary>Starts a process.</summary>
    /// <param name="args">The words after <c>aemlo</c>.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    /// <param name="program">Another program than <see cref="Executable"/>.</param>
    public static ServerProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? program = null)
    {
        program ??= Executable;
        // Tests started with nohup would hand on that SIGHUP is ignored.
        (string file, IEnumerable<string> words) = OperatingSystem.IsLinux() ? ("env", ["--default-signal", program, .. args]) : (program, args);
        var start = new ProcessStartInfo(file, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The first line of standard output that <paramref name="wanted"/> accepts; fails when the process ends without one.</summary>
    public Task<string> OutputLineAsync(Func<string, bool> wanted) => LineAsync(_out, wanted, "standard output");

    /// <summary>The same for standard error.</summary>
    public Task<string> ErrorLineAsync(Func<string, bool> wanted) => LineAsync(_error, wanted, "standard error");

    /// <summary>Sends a signal (POSIX systems).</summary>
    public void Signal(int number) => Send(_process.Id, number);

    /// <summary>Sends a signal to any process of this user's (POSIX systems).</summary>
    public static void Send(int process, int number) => Assert.Equal(0, SendSignal(process, number));

    /// <summary>Ends it without a chance to clean up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Closes its standard input, as the end of its parent does.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for its end and gives the exit code; all its output has been read then.</summary>
    public async Task<int> WaitForExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"aemlo did not end; standard error:\n{StandardError}");
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<string> LineAsync(TextCollector text, Func<string, bool> wanted, string what)
    {
        string? line = null;
        try
        {
            line = await text.LineAsync(wanted).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            // Reported below, like an end without the line.
        }

        Assert.True(line is not null, $"aemlo {(_process.HasExited ? "ended without" : "has not written")} the line on {what}; standard output:\n{StandardOutput}\nstandard error:\n{StandardError}");
        return line;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
