using System.Reflection;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class ServerOptionCatalogTests
{
    private static readonly ServerOptions Defaults = new() { DataFolder = Path.GetTempPath() };

    public static TheoryData<string> Names => [.. ServerOptionCatalog.All.Select(option => option.Name)];

    [Fact]
    public void All_Names_AreDistinct() =>
        Assert.Equal(ServerOptionCatalog.All.Count, ServerOptionCatalog.All.Select(option => option.Variable).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_OwnDefault_ChangesNothing(string name)
    {
        ServerOption option = ServerOptionCatalog.All.Single(option => option.Name == name);
        if (option.Format(Defaults) is not { } value)
        {
            Assert.NotNull(option.UnsetMeaning);
            return;
        }

        Assert.Equal(value, option.Format(option.Apply(Defaults, [value])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_EmptyValue_IsRefused(string name) =>
        Assert.Contains("empty", Assert.Throws<SettingException>(() => ServerOptionCatalog.All.Single(option => option.Name == name).Apply(Defaults, [" "])).Message, StringComparison.Ordinal);

    [Fact]
    public void All_PropertiesOfTheOptions_CanBeSet()
    {
        string[] notForUsers = [nameof(ServerOptions.WorkerExecutable), nameof(ServerOptions.Limits)];
        int settable = typeof(ServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Count(property => property.CanWrite && !notForUsers.Contains(property.Name))
            + typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Count(property => property.CanWrite);

        Assert.Equal(settable, ServerOptionCatalog.All.Count);
    }

    [Theory]
    [InlineData("devices", "tpu")]
    [InlineData("devices", "auto,cpu")]
    [InlineData("max-chunk-size", "1KiB")]
    [InlineData("drain-seconds", "2d")]
    [InlineData("insecure", "yes")]
    [InlineData("otlp", "collector:4317")]
    [InlineData("max-connections", "0")]
    public void Apply_ValueOutOfRange_IsRefusedAndSaysWhatIsAllowed(string name, string value)
    {
        ServerOption option = ServerOptionCatalog.All.Single(option => option.Name == name);

        Assert.Matches("allowed: |cannot stand beside", Assert.Throws<SettingException>(() => option.Apply(Defaults, [value])).Message);
    }
}
