
namespace AemloBridge.Tests.Build;

public class TorchFlavourTests
{
    [Fact]
    public void Restore_CudaPackagesNotToBeHad_FailsWithOneSentence()
    {
        string[] errors = Restore("cuda");

        string error = Assert.Single(errors);
        Assert.Contains("AemloTorch=cuda: ", error, StringComparison.Ordinal);
        if (OperatingSystem.IsMacOS())
        {
            Assert.Contains("only for Linux and Windows", error, StringComparison.Ordinal);
            return;
        }

        Assert.Contains("TorchSharp-cuda-", error, StringComparison.Ordinal);
        Assert.Contains("(NU1101: ", error, StringComparison.Ordinal);
        Assert.Contains("set AEMLO_LIBTORCH to the lib folder of a libtorch 2.10 with CUDA", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_UnknownFlavour_IsRefusedByName()
    {
        string error = Assert.Single(Restore("rocm"));

        Assert.Contains("AemloTorch=rocm is not known: use cpu (the default), cuda, or none", error, StringComparison.Ordinal);
    }

    /// <summary>Restores Core without network: from an empty folder as the only source, with an empty cache, beside the checkout's own obj.</summary>
    private static string[] Restore(string flavour)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("source"));
        var environment = new Dictionary<string, string?>
        {
            ["RestoreSources"] = folder.File("source"),
            ["NUGET_PACKAGES"] = folder.File("packages"),
            ["BaseIntermediateOutputPath"] = folder.File("obj") + Path.DirectorySeparatorChar,
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        };

        ChildProcess restore = ChildProcess.Dotnet(
            Path.Combine(Packages.Repository, "src", "AemloBridge.Core"), environment, "restore", $"-p:AemloTorch={flavour}");

        Assert.NotEqual(0, restore.ExitCode);
        return [.. restore.Output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
    }
}
