namespace AemloBridge.Server.Configuration;

/// <summary>The settings of a server, with where each comes from and what is wrong with any.</summary>
/// <param name="Options">The options; where a setting cannot be used, the one that came before it.</param>
/// <param name="Settings">Every setting of the catalogue, in its order.</param>
/// <param name="Problems">What cannot be used, one sentence each.</param>
internal sealed record ServerSettings(ServerOptions Options, IReadOnlyList<EffectiveSetting> Settings, IReadOnlyList<string> Problems)
{
    private const string DefaultSource = "default";

    /// <summary>Puts settings together.</summary>
    /// <param name="given">Settings with known names; of two for one option the later counts, so the strongest source comes last.</param>
    public static ServerSettings Resolve(IEnumerable<GivenSetting> given)
    {
        var options = new ServerOptions { DataFolder = DataFolder.Default() };
        var sources = new Dictionary<string, string>();
        var problems = new List<string>();
        foreach (GivenSetting setting in given)
        {
            ServerOption option = ServerOptionCatalog.All.Single(option => option.Name == setting.Name);
            try
            {
                options = option.Apply(options, setting.Values);
                sources[option.Name] = setting.Source;
            }
            catch (SettingException exception)
            {
                problems.Add($"{setting.Label}: {exception.Message}");
            }
        }

        EffectiveSetting[] settings = [.. ServerOptionCatalog.All.Select(option => new EffectiveSetting(option, option.Format(options), sources.GetValueOrDefault(option.Name, DefaultSource)))];
        return new ServerSettings(options, settings, problems);
    }
}
