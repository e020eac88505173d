using System.Diagnostics;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests;

/// <summary>Standard streams that take nothing: a full disk, and a reader that has gone.</summary>
public class StandardStreamTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public void Run_StandardOutputOnAFullDisk_SaysSoInOneLineAndEndsWithTheOutputCode(string format)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");
        using var folder = new TempFolder();

        CliResult result = Bash($"\"$AEMLO\" analyze '{SmallData.Write(folder)}' {format} > /dev/full");

        Assert.Equal(ExitCodes.Output, result.ExitCode);
        Assert.Empty(result.Out);
        string line = Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("aemlo: error: the results cannot be written to standard output: ", line);
    }

    [Fact]
    public void Run_BothStreamsOnAFullDisk_EndsWithTheOutputCode()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");

        CliResult result = Bash("\"$AEMLO\" --help > /dev/full 2>&1");

        Assert.Equal(ExitCodes.Output, result.ExitCode);
    }

    [Fact]
    public void Run_FailureOnAFullDisk_KeepsTheCodeOfTheFailure()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");

        CliResult result = Bash("\"$AEMLO\" analyze /no/such/file.arff --json > /dev/full");

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Equal(2, result.Error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Run_ReaderClosesThePipe_EndsQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");

        using var folder = new TempFolder();

        // The only descriptor that reads is closed before aemlo starts.
        CliResult result = Bash($"mkfifo '{folder.File("pipe")}'; exec 3<>'{folder.File("pipe")}' 4>'{folder.File("pipe")}' 3>&-; \"$AEMLO\" --help >&4");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Empty(result.Error);
    }

    private static CliResult Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AEMLO"] = AemloProcess.Executable;
        using Process bash = Process.Start(start)!;
        Task<string> output = bash.StandardOutput.ReadToEndAsync();
        string error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return new CliResult(bash.ExitCode, output.GetAwaiter().GetResult(), error);
    }
}
