using System.Text;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class SettingsDocumentTests
{
    /// <summary>Set to 1, it has the test write the document instead of comparing it.</summary>
    private const string UpdateVariable = "AEMLO_UPDATE_DOCS";

    private const string Begin = "<!-- settings: made from the catalogue by the test SettingsDocumentTests, which fails when they differ -->";
    private const string End = "<!-- end of settings -->";

    [Fact]
    public void Document_TablesOfSettings_AreThoseOfTheCatalogue()
    {
        string path = Path.Combine(Root(), "docs", "server.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string made = Tables();

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, text[..begin] + made + text[end..]);
        else
            Assert.True(made == text[begin..end], $"docs/server.md differs from the catalogue; run this test with {UpdateVariable}=1 to write:\n{made}");
    }

    private static string Tables()
    {
        var text = new StringBuilder("\n");
        foreach (IGrouping<string, ServerOption> topic in ServerOptionCatalog.All.GroupBy(option => option.Topic))
        {
            text.Append($"\n### {topic.Key}\n\n| option | default | meaning |\n|---|---|---|\n");
            foreach (ServerOption option in topic)
                text.Append($"| `--{option.Name} {option.ValueName.Replace("|", "\\|", StringComparison.Ordinal)}` | {Default(option)} | {Meaning(option)} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Default(ServerOption option) =>
        option.Name == "data" ? "see above" : option.Format(new ServerOptions { DataFolder = "/" }) is { } value ? $"`{value}`" : option.UnsetMeaning!;

    private static string Meaning(ServerOption option)
    {
        string range = $"{option.Range} {option.Unit}".Trim();
        return range.Length > 0 ? $"{option.Description}; {range}" : option.Description;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AemloBridge.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no AemloBridge.sln above {AppContext.BaseDirectory}");
    }
}
