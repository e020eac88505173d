using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Client;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Tests.Engines;

/// <summary>A command gives the same through a server as without one.</summary>
public class ServerRunTests(SampleFixture sample, ServerFixture server) : IClassFixture<SampleFixture>, IClassFixture<ServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Variants =>
    [
        "--preset default --rate 0.05",
        "--preset paper --num 41",
        "--preset published --rate 0.1",
        "--num 0",
        "--minority-cut 100000",
    ];

    public static TheoryData<string> Methods => [.. ResamplingMethods.All.Where(method => !method.Trains).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Oversample_WithAMethod_ThroughServerWritesTheSameFilesTextAndReport(string method)
    {
        using var folder = new TempFolder();
        string[] all = ["oversample", sample.Data, "--method", method, "--seed", "11"];

        CliResult here = InProcess.Run([.. all, "-o", folder.File("here.arff"), "--report", folder.File("here.json")]);
        CliResult there = InProcess.Run([.. all, "-o", folder.File("there.arff"), "--report", folder.File("there.json"), "--server", server.Address]);

        Assert.True(here.ExitCode == ExitCodes.Ok, here.Error);
        Assert.True(there.ExitCode == ExitCodes.Ok, there.Error);
        Assert.Equal(File.ReadAllBytes(folder.File("here.arff")), File.ReadAllBytes(folder.File("there.arff")));
        Assert.Equal(here.Out.Replace("here.", "there.", StringComparison.Ordinal), there.Out);
        Assert.Equal(here.Error, there.Error);
        Assert.Equal(JsonFile.WithoutTimes(JsonFile.Read(folder.File("here.json"))), JsonFile.WithoutTimes(JsonFile.Read(folder.File("there.json"))));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Oversample_ThroughServer_WritesTheSameFilesTextAndReport(string options)
    {
        using var folder = new TempFolder();
        string[] all = ["oversample", sample.Data, "--seed", "11", .. SampleFixture.SmallNetwork, .. options.Split(' ')];

        CliResult here = InProcess.Run([.. all, "-o", folder.File("here.arff"), "--report", folder.File("here.json")]);
        CliResult there = InProcess.Run([.. all, "-o", folder.File("there.arff"), "--report", folder.File("there.json"), "--server", server.Address]);

        Assert.True(here.ExitCode == ExitCodes.Ok, here.Error);
        Assert.True(there.ExitCode == ExitCodes.Ok, there.Error);
        Assert.Equal(File.ReadAllBytes(folder.File("here.arff")), File.ReadAllBytes(folder.File("there.arff")));
        Assert.Equal(File.ReadAllBytes(folder.File("here.xml")), File.ReadAllBytes(folder.File("there.xml")));
        Assert.Equal(here.Out.Replace("here.", "there.", StringComparison.Ordinal), there.Out);
        Assert.Equal(here.Error, there.Error);
        Assert.Equal(JsonFile.WithoutTimes(JsonFile.Read(folder.File("here.json"))), JsonFile.WithoutTimes(JsonFile.Read(folder.File("there.json"))));
    }

    [Fact]
    public void Oversample_ReaderWarnings_AreInBothReportsAndJson()
    {
        using var folder = new TempFolder();
        folder.Write("small.xml", SmallData.Xml);
        // Values that are not 0 and 1, so that the reader guesses which means "has the label".
        string data = folder.Write("small.arff", SmallData.Arff.Replace("@attribute C {0,1}", "@attribute C {no,yes}", StringComparison.Ordinal).Replace(",1\n", ",yes\n", StringComparison.Ordinal).Replace(",0\n", ",no\n", StringComparison.Ordinal));
        string[] all = ["oversample", data, "--seed", "3", "--num", "4", "--json", .. SampleFixture.SmallNetwork];

        CliResult here = InProcess.Run([.. all, "-o", folder.File("here.arff"), "--report", folder.File("here.json")]);
        CliResult there = InProcess.Run([.. all, "-o", folder.File("there.arff"), "--report", folder.File("there.json"), "--server", server.Address]);

        Assert.True(there.ExitCode == ExitCodes.Ok, there.Error);
        Assert.Contains("'yes'", there.Json().GetProperty("warnings")[0].GetString());
        Assert.Equal(here.Json().GetProperty("warnings").ToString(), there.Json().GetProperty("warnings").ToString());
        Assert.Equal(JsonFile.WithoutTimes(JsonFile.Read(folder.File("here.json"))), JsonFile.WithoutTimes(JsonFile.Read(folder.File("there.json"))));
    }

    [Fact]
    public void TrainAndGenerate_ThroughServer_GiveTheSameRowsFromFileIdAndData()
    {
        using var folder = new TempFolder();
        CliResult trained = InProcess.Run(["train", sample.Data, "-o", folder.File("m.safetensors"), "--report", folder.File("m.json"), "--seed", "5", "--json", .. SampleFixture.SmallNetwork, "--server", server.Address]);
        Assert.True(trained.ExitCode == ExitCodes.Ok, trained.Error);
        Assert.Equal(5, trained.Json().GetProperty("seed").GetInt64());
        Assert.Equal(sample.Data, JsonFile.Read(folder.File("m.json"))["input"]!["path"]!.GetValue<string>());
        JsonElement listed = InProcess.Run("models", "--server", server.Address, "--json").Json().GetProperty("models");
        string id = listed.EnumerateArray().First(model => model.GetProperty("options").GetProperty("seed").GetString() == "5").GetProperty("id").GetString()!;
        string[] all = ["generate", "-n", "25", "--seed", "3", "--device", "cpu", "--threads", "1"];

        CliResult here = InProcess.Run([.. all, "--model", sample.Model, "-o", folder.File("here.arff"), "--report", folder.File("here.json"), "--json"]);
        Assert.True(here.ExitCode == ExitCodes.Ok, here.Error);
        foreach ((string name, string[] from) in new (string, string[])[]
        {
            ("id", ["--model", id]),
            ("file", ["--model", folder.File("m.safetensors")]),
            ("data", ["--model", id, "--data", sample.Data]),
        })
        {
            CliResult there = InProcess.Run([.. all, .. from, "-o", folder.File($"{name}.arff"), "--report", folder.File($"{name}.json"), "--json", "--server", server.Address]);

            Assert.True(there.ExitCode == ExitCodes.Ok, there.Error);
            Assert.Equal(File.ReadAllBytes(folder.File("here.arff")), File.ReadAllBytes(folder.File($"{name}.arff")));
            Assert.Equal(here.Json().GetProperty("meanHamming").GetDouble(), there.Json().GetProperty("meanHamming").GetDouble());
        }

        Assert.Equal(JsonFile.WithoutTimes(JsonFile.Read(folder.File("here.json"))), JsonFile.WithoutTimes(JsonFile.Read(folder.File("id.json"))));
    }

    [Fact]
    public void Analyze_ThroughServer_WritesTheSameJson()
    {
        CliResult here = InProcess.Run("analyze", sample.Data, "--json", "--minority-cut", "5");
        CliResult there = InProcess.Run("analyze", sample.Data, "--json", "--minority-cut", "5", "--server", server.Address);

        Assert.Equal(ExitCodes.Ok, there.ExitCode);
        Assert.Equal(here.Out, there.Out);
    }

    [Fact]
    public void Doctor_Server_SaysVersionsDevicesAndLimits()
    {
        CliResult text = InProcess.Run("doctor", "--server", server.Address);
        JsonElement json = InProcess.Run("doctor", "--server", server.Address, "--json").Json();

        Assert.Equal(server.Address, json.GetProperty("server").GetString());
        Assert.Equal("cpu", json.GetProperty("devices")[0].GetProperty("name").GetString());
        Assert.True(json.GetProperty("limits").GetProperty("queuedJobs").GetInt32() > 0);
        Assert.Equal(1, json.GetProperty("newestProtocolVersion").GetInt32());
        Assert.Contains("device cpu", text.Out);
    }

    [Fact]
    public void Models_UnknownId_IsWrongInput()
    {
        CliResult result = InProcess.Run("models", "nothere", "--server", server.Address);

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains("there is no model 'nothere' on the server", result.Error);
    }

    [Fact]
    public void Oversample_ServerAndTokenFromTheEnvironment_AreUsedWithoutLoadingLibtorch()
    {
        using var folder = new TempFolder();
        var environment = new Dictionary<string, string>
        {
            ["AEMLO_SERVER"] = server.Address,
            ["AEMLO_TOKEN"] = "not-needed-here",
            ["AEMLO_LIBTORCH"] = "/no/such/folder",
            ["LD_DEBUG"] = "files",
            ["LD_DEBUG_OUTPUT"] = folder.File("loader"),
        };

        CliResult result = AemloProcess.Run(["oversample", sample.Data, "-o", folder.File("out.arff"), "-n", "5", .. SampleFixture.SmallNetwork], environment);

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        string[] loaded = [.. Directory.GetFiles(folder.Path, "loader.*").SelectMany(File.ReadLines)];
        if (OperatingSystem.IsLinux())
            Assert.Contains(loaded, line => line.Contains("libcoreclr.so", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, line => line.Contains("torch", StringComparison.OrdinalIgnoreCase));
        CliResult here = AemloProcess.Run(["oversample", sample.Data, "-o", folder.File("here.arff"), "-n", "5", "--server", "none", .. SampleFixture.SmallNetwork], environment);
        Assert.Equal(ExitCodes.Device, here.ExitCode);
    }

    [Theory]
    [InlineData(2, ExitCodes.Cancelled)]
    [InlineData(15, ExitCodes.Terminated)]
    public async Task Oversample_SignalDuringTheJob_CancelsItOnTheServerAndLeavesNoFile(int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process");
        using var folder = new TempFolder();
        using AemloProcess process = AemloProcess.Start(["oversample", sample.Data, "-o", folder.File("out.arff"), "--epochs", "1000000", "--hidden", "16", "--latent", "8", "--progress", "lines", "--server", server.Address]);
        process.WaitForErrorLine("/1000000");

        process.Signal(signal);
        CliResult result = process.End();

        Assert.Equal(expected, result.ExitCode);
        Assert.EndsWith("aemlo: cancelled", result.Error.TrimEnd());
        Assert.Empty(folder.Files);
        using AemloClient client = server.Connect();
        Job job = await client.Jobs.ListAsync(cancellationToken: Cancellation).FirstAsync(job => job.Method.Options["epochs"] == "1000000", Cancellation);
        Assert.NotEqual(JobState.Succeeded, job.State);
        while (job.State is JobState.Running or JobState.Queued)
            job = (await client.Jobs.GetAsync(job.Id, Cancellation))!;
        Assert.Equal(JobState.Cancelled, job.State);
    }
}
