using System.Collections;
using AemloBridge.Cli.Errors;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Cli.Serving;

/// <summary>Reads settings from environment variables; an empty one counts as not set.</summary>
internal static class SettingsEnvironment
{
    /// <summary>Names the settings file.</summary>
    public const string ConfigVariable = "AEMLO_SERVER_CONFIG";

    private const string Prefix = "AEMLO_SERVER_";

    /// <summary>The settings that the variables hold.</summary>
    public static IEnumerable<GivenSetting> Read(IDictionary variables) =>
        from option in ServerOptionCatalog.All
        where variables[option.Variable] is string { Length: > 0 }
        select new GivenSetting(option.Name, [(string)variables[option.Variable]!], option.Variable, option.Variable);

    /// <summary>
    /// Warnings of variables that look like misspelt ones. Others with the same beginning are no mistake: Kubernetes makes
    /// AEMLO_SERVER_PORT and its like for a service called aemlo-server.
    /// </summary>
    public static IEnumerable<string> Warnings(IDictionary variables)
    {
        string[] known = [.. ServerOptionCatalog.All.Select(option => option.Variable), ConfigVariable];
        return variables.Keys.Cast<string>()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Nearest: Suggestion.Nearest(name[Prefix.Length..], known.Select(other => other[Prefix.Length..]))))
            .Where(pair => pair.Nearest is not null)
            .Select(pair => $"the environment variable {pair.Name} is not known (did you mean {Prefix}{pair.Nearest}?)");
    }
}
