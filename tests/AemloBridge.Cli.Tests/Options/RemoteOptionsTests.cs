using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Options;

public class RemoteOptionsTests
{
    // Nothing listens on the port of the discard protocol.
    private const string Nobody = "http://127.0.0.1:9";

    [Theory]
    [InlineData("analyze", "DATA")]
    [InlineData("oversample", "DATA", "-o", "OUT.arff")]
    [InlineData("train", "DATA", "-o", "OUT.safetensors")]
    [InlineData("generate", "--model", "some-id", "-o", "OUT.arff")]
    [InlineData("models")]
    public void Command_NobodyListens_EndsWithTheServersCodeAndSaysWhatToDo(params string[] words)
    {
        using var folder = new TempFolder();
        string data = SmallData.Write(folder);
        string[] before = folder.Files;

        CliResult result = InProcess.Run([.. words.Select(word => word.Replace("DATA", data, StringComparison.Ordinal).Replace("OUT", folder.File("out"), StringComparison.Ordinal)), "--server", Nobody, "--json"]);

        Assert.Equal(ExitCodes.Server, result.ExitCode);
        JsonElement error = result.Json().GetProperty("error");
        Assert.Equal("server", error.GetProperty("kind").GetString());
        Assert.Contains($"server {Nobody}: ", error.GetProperty("message").GetString());
        Assert.Contains("'aemlo serve' starts one", result.Error);
        Assert.Equal(before, folder.Files);
    }

    [Fact]
    public void Doctor_NobodyListens_WritesItsDocumentAndEndsWithTheServersCode()
    {
        CliResult result = InProcess.Run("doctor", "--server", Nobody, "--json");

        Assert.Equal(ExitCodes.Server, result.ExitCode);
        Assert.False(result.Json().GetProperty("works").GetBoolean());
        Assert.Contains("'aemlo serve' starts one", result.Json().GetProperty("problem").GetString());
    }

    [Theory]
    [InlineData("--token-file says how to reach a server, and none is given", "analyze", "d.arff", "--token-file", "t")]
    [InlineData("--server-insecure says how to reach a server, and none is given", "analyze", "d.arff", "--server-insecure")]
    [InlineData("--server-ca says how to reach a server", "analyze", "d.arff", "--server", "none", "--server-ca", "x.pem")]
    [InlineData("'ftp' is no way to reach a server", "models", "--server", "ftp://x:1")]
    [InlineData("it is no address", "models", "--server", "http://x:y")]
    [InlineData("a server keeps the state of its trainings itself", "train", "d.arff", "-o", "m", "--checkpoint", "c", "--server", Nobody)]
    [InlineData("--device and --threads are about this machine", "doctor", "--threads", "3", "--server", Nobody)]
    [InlineData("Required argument missing: PATH", "models")]
    [InlineData("without a server entries are done one at a time", "batch", "p.yaml", "--jobs", "2")]
    [InlineData("--jobs: '65' is out of range; allowed: [1, 64]", "batch", "p.yaml", "--jobs", "65", "--server", Nobody)]
    public void CommandLine_OptionsThatDoNotFit_AreAUsageError(string expected, params string[] words)
    {
        CliResult result = InProcess.Run(words);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(expected, result.Error);
    }

    [Theory]
    [InlineData(null, "the token cannot be read")]
    [InlineData("", "this is no token")]
    [InlineData("two words", "this is no token")]
    public void TokenFile_WithoutAToken_IsWrongInputAndNeverShown(string? content, string expected)
    {
        using var folder = new TempFolder();
        if (content is not null)
            folder.Write("token", content);

        CliResult result = InProcess.Run("models", "--server", Nobody, "--token-file", folder.File("token"));

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains($"{folder.File("token")}: {expected}", result.Error);
        Assert.DoesNotContain("two words", result.Error);
    }

    [Fact]
    public void Token_UnencryptedToAnotherMachine_IsRefusedUnlessAllowed()
    {
        using var folder = new TempFolder();
        folder.Write("token", "s3cret\n");

        CliResult result = InProcess.Run("models", "--server", "http://192.0.2.1:9", "--token-file", folder.File("token"));

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("the token would travel unencrypted", result.Error);
        Assert.Contains("--server-insecure", result.Error);
        Assert.DoesNotContain("s3cret", result.Error);
    }
}
