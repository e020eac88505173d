using AemloBridge.Cli.Serving;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class SettingsFileTests : IDisposable
{
    private const string Yaml = """
        # where
        listen:
          - 127.0.0.1:1
          - unix:/run/s
        data: data
        insecure: true
        max-rows: 7
        """;

    private const string Json = """
        {
          "listen": ["127.0.0.1:1", "unix:/run/s"],
          "data": "data",
          "insecure": true,
          "max-rows": 7
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s.yaml", Yaml)]
    [InlineData("s.yml", Yaml)]
    [InlineData("s.json", Json)]
    [InlineData("json-is-yaml-too.conf", Json)]
    public void Read_YamlOrJson_GivesTheSameSettings(string name, string text)
    {
        var file = SettingsFile.Read(_folder.Write(name, text));

        Assert.Empty(file.Problems);
        ServerOptions options = ServerSettings.Resolve(file.Settings).Options;
        Assert.Equal(["127.0.0.1:1", "unix:/run/s"], options.Listen);
        Assert.Equal((true, 7), (options.Insecure, options.Limits.MaxRows));
        Assert.Equal(Path.Combine(_folder.Path, "data"), options.DataFolder);
    }

    [Theory]
    [InlineData("s.yaml", "a: 1\ndrian-seconds: 3\n", "2: unknown option 'drian-seconds' (did you mean 'drain-seconds'?); see aemlo serve --help")]
    [InlineData("s.json", "{\n\n\"drian-seconds\": 3}", "3: unknown option 'drian-seconds' (did you mean 'drain-seconds'?); see aemlo serve --help")]
    [InlineData("s.yaml", "max-rows: 1\n\nmax-rows: 2\n", "3: no YAML: ")]
    [InlineData("s.json", "{\"max-rows\": 1,\n\"max-rows\": 2}", "2: max-rows stands in line 1 already")]
    [InlineData("s.yaml", "limits:\n  max-rows: 1\n", "1: unknown option 'limits'")]
    [InlineData("s.yaml", "max-rows:\n  a: 1\n", "1: max-rows: a value was expected")]
    [InlineData("s.json", "{\"listen\":[{}]}", "1: listen: a value was expected, or a list of values")]
    [InlineData("s.yaml", "- a\n", "1: one mapping of option names to values was expected")]
    [InlineData("s.json", "[]", "1: one object of option names and values was expected")]
    [InlineData("s.json", "{\n\"max-rows\": }", "2: no JSON: ")]
    [InlineData("s.json", "{\"max-rows\": 1} {", "1: no JSON: ")]
    [InlineData("s.yaml", "a: [1\n", "no YAML: ")]
    public void Read_WhatCannotBeSettings_IsToldWithItsLine(string name, string text, string problem)
    {
        string path = _folder.Write(name, text);

        Assert.Contains(SettingsFile.Read(path).Problems, found => found.StartsWith($"{path}:", StringComparison.Ordinal) && found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NoSuchFile_SaysSo() =>
        Assert.Contains("cannot be read", Assert.Single(SettingsFile.Read(_folder.File("none.yaml")).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("s.yaml", "")]
    [InlineData("s.yaml", "# nothing\n")]
    [InlineData("s.json", "{}")]
    public void Read_NothingInIt_SetsNothing(string name, string text)
    {
        var file = SettingsFile.Read(_folder.Write(name, text));

        Assert.Empty(file.Problems);
        Assert.Empty(file.Settings);
    }
}
