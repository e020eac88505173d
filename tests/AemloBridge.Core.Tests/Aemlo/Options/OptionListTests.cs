using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Tests.Aemlo.Options;

/// <summary>
/// proto/options/aemlo.json is the list of options for builds that do not run .NET: the Java client's typed options are
/// generated from it.
/// </summary>
public class OptionListTests
{
    private const string Update = "AEMLO_UPDATE_OPTION_LIST";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void File_ComparedWithCatalog_IsUpToDate()
    {
        string path = Path.Combine(Packages.Repository, "proto", "options", "aemlo.json");
        string expected = JsonSerializer.Serialize(new { Method = "aemlo", Options = AemloOptionCatalog.All.Select(Describe), Presets = Presets() }, Json) + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, expected);
        Assert.True(File.ReadAllText(path) == expected, $"{path} is not the catalog any more; run this test with {Update}=1 and commit the file");
    }

    private static object Describe(MethodOption<AemloOptions> option) => new
    {
        option.Name,
        Type = option.Type.ToString().ToLowerInvariant(),
        option.Description,
        option.Unit,
        option.Source,
        option.Default,
        option.Minimum,
        option.MinimumExclusive,
        option.Maximum,
        option.MaximumExclusive,
        option.Choices,
        Unset = option.UnsetMeaning,
        option.AffectsTraining,
    };

    private static IEnumerable<object> Presets() =>
        from name in AemloPresets.Names
        let preset = AemloPresets.Get(name)
        select new
        {
            Name = name,
            Options = AemloOptionCatalog.All
                .Where(option => option.Format(preset) is not null)
                .ToDictionary(option => option.Name, option => option.Format(preset)),
        };
}
