using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class CancellationTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Theory]
    [InlineData("oversample", "out.arff", Interrupt, ExitCodes.Cancelled)]
    [InlineData("oversample", "out.arff", Terminate, ExitCodes.Terminated)]
    [InlineData("oversample", "out.arff", HangUp, ExitCodes.HungUp)]
    [InlineData("train", "out.safetensors", Interrupt, ExitCodes.Cancelled)]
    public void Signal_DuringTheTraining_EndsItWithItsCodeAndLeavesNoFile(string command, string output, int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process");
        using var folder = new TempFolder();
        using AemloProcess process = AemloProcess.Start([command, sample.Data, "-o", folder.File(output), "--epochs", "1000000", "--hidden", "16", "--latent", "8", "--progress", "lines", "--json"]);
        process.WaitForErrorLine("epoch 2/1000000");

        process.Signal(signal);
        CliResult result = process.End();

        Assert.Equal(expected, result.ExitCode);
        JsonElement error = result.Json().GetProperty("error");
        Assert.Equal(expected, error.GetProperty("code").GetInt32());
        Assert.Equal("cancelled", error.GetProperty("kind").GetString());
        Assert.EndsWith("aemlo: cancelled", result.Error.TrimEnd());
        Assert.Empty(folder.Files);
    }
}
