using System.Collections;
using AemloBridge.Cli.Serving;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData(null, null, null, "30s", "default")]
    [InlineData("11s", null, null, "11s", "server.yaml:1")]
    [InlineData("11s", "12s", null, "12s", "AEMLO_SERVER_DRAIN_SECONDS")]
    [InlineData("11s", "12s", "13s", "13s", "command line")]
    [InlineData("11s", null, "13s", "13s", "command line")]
    [InlineData(null, "12s", "13s", "13s", "command line")]
    [InlineData("11s", "", null, "11s", "server.yaml:1")]
    public void Collect_SettingFromSeveralSources_TakesTheStrongest(string? file, string? variable, string? argument, string value, string source)
    {
        using var folder = new TempFolder();
        string? config = file is null ? null : folder.Write("server.yaml", $"drain-seconds: {file}\n");
        var variables = new Hashtable();
        if (variable is not null)
            variables["AEMLO_SERVER_DRAIN_SECONDS"] = variable;
        GivenSetting[] commandLine = argument is null ? [] : [new GivenSetting("drain-seconds", [argument], "command line", "--drain-seconds")];

        var given = GivenSettings.Collect(commandLine, config, variables);

        Assert.Empty(given.Problems);
        EffectiveSetting setting = Assert.Single(given.Settings.Settings, setting => setting.Option.Name == "drain-seconds");
        Assert.Equal((value, source), (setting.Value, setting.Source.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)));
        Assert.Equal(HumanDuration.Parse(value), given.Settings.Options.DrainTime);
    }

    [Fact]
    public void Collect_SettingsFileInTheEnvironment_IsReadUnlessTheCommandLineNamesOne()
    {
        using var folder = new TempFolder();
        var variables = new Hashtable { ["AEMLO_SERVER_CONFIG"] = folder.Write("a.yaml", "max-rows: 5") };

        Assert.Equal(5, GivenSettings.Collect([], null, variables).Settings.Options.Limits.MaxRows);
        Assert.Equal(6, GivenSettings.Collect([], folder.Write("b.json", """{"max-rows": 6}"""), variables).Settings.Options.Limits.MaxRows);
    }

    [Fact]
    public void Collect_ManyWrongValues_NamesThemAll()
    {
        using var folder = new TempFolder();
        string config = folder.Write("s.yaml", "max-rows: many\nlisten: nowhere\n");
        var variables = new Hashtable { ["AEMLO_SERVER_LOG_LEVEL"] = "loud" };

        var given = GivenSettings.Collect([new GivenSetting("tenant-quota", ["-3"], "command line", "--tenant-quota")], config, variables);

        Assert.Collection(
            given.Problems,
            problem => Assert.Equal($"{config}:1: max-rows: 'many' is not allowed; allowed: a whole number from 0 to 2147483647", problem),
            problem => Assert.StartsWith($"{config}:2: listen: 'nowhere' is no address: the port is missing", problem, StringComparison.Ordinal),
            problem => Assert.Equal("AEMLO_SERVER_LOG_LEVEL: 'loud' is not allowed; allowed: trace | debug | info | warning | error", problem),
            problem => Assert.StartsWith("--tenant-quota: '-3' is not a size", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Collect_MisspeltVariable_IsWarnedOf_AndThoseOfKubernetesAreNot()
    {
        var variables = new Hashtable { ["AEMLO_SERVER_LISTN"] = "x", ["AEMLO_SERVER_PORT"] = "tcp://10.0.0.1:50051", ["AEMLO_SERVER_SERVICE_HOST"] = "10.0.0.1" };

        Assert.Equal("the environment variable AEMLO_SERVER_LISTN is not known (did you mean AEMLO_SERVER_LISTEN?)", Assert.Single(GivenSettings.Collect([], null, variables).Warnings));
    }

    [Fact]
    public void Resolve_ListGivenTwice_KeepsBothOfOneSourceAndNoneOfAWeakerOne()
    {
        var settings = ServerSettings.Resolve(
        [
            new GivenSetting("listen", ["127.0.0.1:1"], "file", "file"),
            new GivenSetting("listen", ["127.0.0.1:2", "127.0.0.1:3,unix:/s"], "command line", "--listen"),
        ]);

        Assert.Equal(["127.0.0.1:2", "127.0.0.1:3", "unix:/s"], settings.Options.Listen);
    }

    [Fact]
    public void Resolve_SingleSettingGivenTwice_IsRefused() =>
        Assert.Equal("--max-rows: was given more than once", Assert.Single(ServerSettings.Resolve([new GivenSetting("max-rows", ["1", "2"], "command line", "--max-rows")]).Problems));
}
