using System.Collections;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Cli.Serving;

/// <summary>What was set for a server, from the command line before the environment before the settings file before the defaults.</summary>
/// <param name="Settings">The settings as they count.</param>
/// <param name="Problems">Everything that keeps the server from starting.</param>
/// <param name="Warnings">What is odd.</param>
/// <param name="File">The settings file; null for none.</param>
internal sealed record GivenSettings(ServerSettings Settings, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, string? File)
{
    /// <summary>Puts the sources together and checks the outcome.</summary>
    /// <param name="commandLine">The settings of the command line.</param>
    /// <param name="config">The settings file that it names; null for what the environment names.</param>
    /// <param name="variables">The environment.</param>
    public static GivenSettings Collect(IEnumerable<GivenSetting> commandLine, string? config, IDictionary variables)
    {
        config ??= variables[SettingsEnvironment.ConfigVariable] is string { Length: > 0 } named ? named : null;
        SettingsFile? file = config is null ? null : SettingsFile.Read(config);
        var settings = ServerSettings.Resolve([.. file?.Settings ?? [], .. SettingsEnvironment.Read(variables), .. commandLine]);
        string[] wrong = [.. file?.Problems ?? [], .. settings.Problems];
        // With a wrong value, what the values say together is not known.
        SettingsCheck check = wrong.Length == 0 ? SettingsCheck.Of(settings.Options, TimeProvider.System) : new SettingsCheck([], []);
        return new GivenSettings(settings, [.. wrong, .. check.Problems], [.. SettingsEnvironment.Warnings(variables), .. check.Warnings], config);
    }
}
