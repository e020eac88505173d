using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void Doctor_OnTheCpu_TrainsAndSaysWhatItUsed()
    {
        CliResult result = InProcess.Run("doctor", "--device", "cpu", "--threads", "1", "--json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        JsonElement json = result.Json();
        Assert.True(json.GetProperty("works").GetBoolean());
        Assert.Equal("cpu", json.GetProperty("device").GetString());
        Assert.Equal(1, json.GetProperty("threads").GetInt32());
        Assert.StartsWith("2.10", json.GetProperty("libtorchVersion").GetString());
        Assert.True(Directory.Exists(json.GetProperty("libtorchFolder").GetString()));
        Assert.InRange(json.GetProperty("trainingSeconds").GetDouble(), 0, double.MaxValue);
        Assert.InRange(json.GetProperty("residentBytes").GetInt64(), 1, json.GetProperty("totalBytes").GetInt64());
    }

    [Fact]
    public void Doctor_Text_NamesTheDeviceAndWhyNotCuda()
    {
        CliResult result = InProcess.Run("doctor", "--device", "cpu");

        Assert.Equal(["device", "cpu"], result.Row("device"));
        Assert.Equal(["why not CUDA", "the CPU was asked for"], result.Row("why not CUDA"));
        Assert.StartsWith("works (", result.Row("small training")[1]);
    }

    [Fact]
    public void Doctor_CudaAskedFor_SaysWhyNotExactlyWhenItDoesNotWork()
    {
        CliResult result = InProcess.Run("doctor", "--device", "cuda", "--json");

        JsonElement json = result.Json();
        bool works = json.GetProperty("works").GetBoolean();
        string? whyNot = json.GetProperty("whyNotCuda").GetString();
        Assert.Equal(works ? ExitCodes.Ok : ExitCodes.Device, result.ExitCode);
        Assert.Equal(works, whyNot is null);
        Assert.Contains(whyNot ?? string.Empty, json.GetProperty("problem").GetString() ?? string.Empty);
    }
}
