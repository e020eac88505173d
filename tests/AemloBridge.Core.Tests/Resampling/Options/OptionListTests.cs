using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Tests.Resampling.Options;

/// <summary>
/// proto/options/ holds a list of options per method for builds that do not run .NET: the Java client's methods and typed
/// options are generated from it.
/// </summary>
public class OptionListTests
{
    private const string Update = "AEMLO_UPDATE_OPTION_LIST";

    private static readonly string Folder = Path.Combine(Packages.Repository, "proto", "options");

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Folder_ComparedWithMethods_HasAnUpToDateListOfEach()
    {
        var expected = ResamplingMethods.All.ToDictionary(method => $"{method.Name}.json", Describe);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            Write(expected);
        IEnumerable<string> wrong = expected.Keys.Union(Files())
            .Where(name => !File.Exists(PathOf(name)) || !expected.TryGetValue(name, out string? list) || File.ReadAllText(PathOf(name)) != list);
        Assert.True(!wrong.Any(), $"not what the methods say, in {Folder}: {string.Join(", ", wrong)}; run this test with {Update}=1 and commit the files");
    }

    private static void Write(Dictionary<string, string> expected)
    {
        foreach (string name in Files().Except(expected.Keys))
            File.Delete(PathOf(name));
        foreach ((string name, string list) in expected)
            File.WriteAllText(PathOf(name), list);
    }

    private static List<string> Files() => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path))];

    private static string PathOf(string name) => Path.Combine(Folder, name);

    private static string Describe(IResamplingMethod method)
    {
        var list = new
        {
            Method = method.Name,
            method.Title,
            method.Description,
            method.Source,
            method.Trains,
            Options = method.Options.Select(Describe),
            Presets = method.Presets.Select(preset => Describe(method, preset)),
        };
        return JsonSerializer.Serialize(list, Json) + "\n";
    }

    private static object Describe(MethodOption option) => new
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

    private static object Describe(IResamplingMethod method, ResamplingOptions preset) => new
    {
        Name = preset.Preset,
        Options = method.Options
            .Where(option => option.Format(preset) is not null)
            .ToDictionary(option => option.Name, option => option.Format(preset)),
    };
}
