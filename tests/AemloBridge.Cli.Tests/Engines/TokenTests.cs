using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Engines;

public class TokenTests
{
    [Fact]
    public async Task Models_ServerWithTokens_WantsTheTokenAndShowsItsTenantsAlone()
    {
        using var folder = new TestSupport.TempFolder();
        Dictionary<string, string> made = InProcess.Run("serve", "token", "--tenant", "alice").Out
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[1]);
        (string line, string token) = (made["line"], made["token"]);
        folder.Write("tokens", line + "\n");
        folder.Write("token", token + "\n");
        await using RunningServer server = await RunningServer.StartAsync("--tokens", folder.File("tokens"));

        CliResult without = InProcess.Run("doctor", "--server", server.Address);
        CliResult with = InProcess.Run("doctor", "--server", server.Address, "--token-file", folder.File("token"));

        Assert.Equal(ExitCodes.Server, without.ExitCode);
        Assert.Contains("--token-file FILE or the variable AEMLO_TOKEN", without.Error);
        Assert.Contains("alice", with.Out);
        Assert.DoesNotContain(token, with.Out + with.Error + without.Error);
    }
}
