using System.Text;
using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Server.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AemloBridge.Cli.Serving;

/// <summary>
/// Reads a settings file: one YAML mapping, or one JSON object where the name ends with <c>.json</c>, from the names of the
/// options to their values. Paths in it are relative to the file.
/// </summary>
internal sealed class SettingsFile
{
    private readonly string _path;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private SettingsFile(string path) => _path = path;

    /// <summary>The settings that can be taken over.</summary>
    public List<GivenSetting> Settings { get; } = [];

    /// <summary>What is wrong, each with its line.</summary>
    public List<string> Problems { get; } = [];

    public static SettingsFile Read(string path)
    {
        var file = new SettingsFile(path);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                file.ReadJson(bytes);
            else
                file.ReadYaml(bytes);
        }
        catch (YamlException exception)
        {
            file.Wrong((int)exception.Start.Line, $"no YAML: {exception.Message}");
        }
        catch (JsonException exception)
        {
            file.Wrong((int)(exception.LineNumber ?? 0) + 1, $"no JSON: {exception.Message.Split(" LineNumber:")[0]}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Problems.Add($"the settings file cannot be read: {exception.Message}");
        }

        return file;
    }

    private void ReadYaml(byte[] bytes)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8))
            yaml.Load(reader);
        if (yaml.Documents is [])
            return;
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            Wrong(1, "one mapping of option names to values was expected");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in root.Children)
        {
            string name = key is YamlScalarNode { Value: { } text } ? text : "";
            IEnumerable<YamlNode> items = value is YamlSequenceNode sequence ? sequence.Children : [value];
            string?[] values = [.. items.Select(item => item is YamlScalarNode scalar ? scalar.Value : null)];
            Take((int)key.Start.Line, name, values);
        }
    }

    private void ReadJson(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            Wrong(1, "one object of option names and values was expected");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
            string name = reader.GetString()!;
            reader.Read();
            var values = new List<string?>();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    values.Add(Value(ref reader));
            }
            else
            {
                values.Add(Value(ref reader));
            }

            Take(line, name, [.. values]);
        }

        reader.Read();
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    private void Take(int line, string name, string?[] values)
    {
        if (ServerOptionCatalog.All.FirstOrDefault(option => option.Name == name) is not { } option)
        {
            string? nearest = Suggestion.Nearest(name, ServerOptionCatalog.All.Select(known => known.Name));
            Wrong(line, $"unknown option '{name}'{(nearest is null ? "" : $" (did you mean '{nearest}'?)")}; see aemlo serve --help");
        }
        else if (!_lines.TryAdd(name, line))
        {
            Wrong(line, $"{name} stands in line {_lines[name]} already");
        }
        else if (values.Contains(null))
        {
            Wrong(line, $"{name}: a value was expected{(option.Type == SettingType.List ? ", or a list of values" : "")}");
        }
        else
        {
            string[] given = [.. values.Select(value => option.Type == SettingType.Path && value!.Length > 0 ? Beside(value) : value!)];
            Settings.Add(new GivenSetting(name, given, $"{_path}:{line}", $"{_path}:{line}: {name}"));
        }
    }

    private string Beside(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, path);

    private void Wrong(int line, string what) => Problems.Add($"{_path}:{line}: {what}");
}
