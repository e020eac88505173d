using AemloBridge.Cli.Output;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Cli.Serving;

/// <summary>Shows the settings as they count and where each comes from. No setting holds a secret: files with secrets are named, not shown.</summary>
internal static class CheckOutput
{
    private const string Unset = "-";

    public static void Write(TextWriter output, GivenSettings given)
    {
        var table = new TextTable("setting", "value", "source");
        foreach (EffectiveSetting setting in given.Settings.Settings)
            table.Add(setting.Option.Name, setting.Value ?? Unset, setting.Source);
        table.Write(output);
    }
}
