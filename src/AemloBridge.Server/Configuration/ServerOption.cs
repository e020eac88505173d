namespace AemloBridge.Server.Configuration;

/// <summary>What kind of value a setting takes.</summary>
internal enum SettingType
{
    Text,
    Path,
    Flag,
    Integer,
    Size,
    Duration,
    Choice,
    List,
}

/// <summary>One setting of the server; the command line, the environment, the settings file and the documentation come from it.</summary>
internal sealed class ServerOption(
    string name,
    SettingType type,
    string topic,
    string description,
    Func<ServerOptions, string?> format,
    Func<ServerOptions, IReadOnlyList<string>, ServerOptions> set)
{
    private const string EnvironmentPrefix = "AEMLO_SERVER_";

    /// <summary>The name in the settings file; with two dashes, on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The name in the environment.</summary>
    public string Variable { get; } = EnvironmentPrefix + name.Replace('-', '_').ToUpperInvariant();

    public SettingType Type { get; } = type;

    /// <summary>The heading it stands under.</summary>
    public string Topic { get; } = topic;

    /// <summary>One sentence, without a full stop.</summary>
    public string Description { get; } = description;

    /// <summary>The word that stands for the value in help.</summary>
    public string ValueName { get; init; } = "";

    /// <summary>The unit of a whole number, empty when it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What is allowed, in words; empty where the type says it all.</summary>
    public string Range { get; init; } = "";

    /// <summary>What an unset value means; null when it always has one.</summary>
    public string? UnsetMeaning { get; init; }

    /// <summary>The words allowed, for <see cref="SettingType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The value as it would be written; null when unset.</summary>
    public string? Format(ServerOptions options) => format(options);

    /// <summary>The options with this one changed.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="values">One value; for a list any number, each of which may hold several with commas between.</param>
    /// <exception cref="SettingException">The value cannot be used.</exception>
    public ServerOptions Apply(ServerOptions options, IReadOnlyList<string> values) => values switch
    {
        _ when values.Any(string.IsNullOrWhiteSpace) => throw new SettingException($"the value is empty; {ValueName} was expected"),
        _ when Type == SettingType.List => set(options, [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]),
        [_] => set(options, values),
        [] => throw new SettingException($"has no value; {ValueName} was expected"),
        _ => throw new SettingException("was given more than once"),
    };
}
