using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>The sample data set and a model trained on it, made once for a class of tests.</summary>
public sealed class SampleFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public SampleFixture()
    {
        Assert.Equal(ExitCodes.Ok, InProcess.Run("sample", "-o", Data).ExitCode);
        CliResult trained = InProcess.Run(["train", Data, "-o", Model, "--seed", "5", .. SmallNetwork]);
        Assert.True(trained.ExitCode == ExitCodes.Ok, trained.Error);
    }

    /// <summary>Options that make a training take a moment.</summary>
    public static string[] SmallNetwork { get; } = ["--epochs", "2", "--hidden", "16", "--latent", "8", "--device", "cpu", "--threads", "1"];

    public string Data => _folder.File("sample.arff");

    public string Labels => _folder.File("sample.xml");

    public string Model => _folder.File("sample.safetensors");

    public void Dispose() => _folder.Dispose();
}
