using System.Text.RegularExpressions;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Tests.Commands;

public partial class WithoutLibtorchTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    // No libtorch can be loaded from there, so a command that tries ends with the device's exit code.
    private static readonly Dictionary<string, string> Broken = new() { ["AEMLO_LIBTORCH"] = "/no/such/folder" };

    public static TheoryData<string> Commands => ["--help", "--version", "oversample --help", "analyze DATA", "analyze DATA --json", "models MODEL", "models MODEL --json", "sample -o NEW", "completion bash", "methods", "methods aemlo", .. ResamplingMethods.All.Where(method => !method.Trains).Select(method => $"oversample DATA -o NEW --method {method.Name}")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_ThatTrainsNothing_NeverLoadsLibtorch(string line)
    {
        using var folder = new TempFolder();
        var environment = new Dictionary<string, string>(Broken);
        // The loader of glibc writes down every library it opens.
        environment["LD_DEBUG"] = "files";
        environment["LD_DEBUG_OUTPUT"] = folder.File("loader");

        CliResult result = AemloProcess.Run(Words(line, folder), environment);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string[] opened = [.. Directory.GetFiles(folder.Path, "loader.*")
            .SelectMany(File.ReadAllLines)
            .SelectMany(text => Library().Matches(text))
            .Select(match => Path.GetFileName(match.Groups["file"].Value))];
        if (OperatingSystem.IsLinux())
            Assert.Contains("libcoreclr.so", opened);
        Assert.DoesNotContain(opened, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Doctor_LibtorchThatCannotBeLoaded_EndsWithDeviceCodeAndSaysWhatToDo()
    {
        CliResult result = AemloProcess.Run(["doctor", "--json"], Broken);

        Assert.Equal(ExitCodes.Device, result.ExitCode);
        Assert.False(result.Json().GetProperty("works").GetBoolean());
        Assert.Contains("AEMLO_LIBTORCH=/no/such/folder", result.Json().GetProperty("problem").GetString());
        Assert.StartsWith("aemlo: error: AEMLO_LIBTORCH", result.Error);
    }

    [Fact]
    public void Oversample_LibtorchThatCannotBeLoaded_EndsWithDeviceCodeAndWritesNothing()
    {
        using var folder = new TempFolder();

        CliResult result = AemloProcess.Run(["oversample", sample.Data, "-o", folder.File("out.arff"), "--json"], Broken);

        Assert.Equal(ExitCodes.Device, result.ExitCode);
        Assert.Equal("device", result.Json().GetProperty("error").GetProperty("kind").GetString());
        Assert.Empty(folder.Files);
    }

    [GeneratedRegex(@"file=(?<file>\S+)")]
    private static partial Regex Library();

    private string[] Words(string line, TempFolder folder) =>
        [.. line.Split(' ').Select(word => word switch
        {
            "DATA" => sample.Data,
            "MODEL" => sample.Model,
            "NEW" => folder.File("new.arff"),
            _ => word,
        })];
}
