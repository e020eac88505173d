namespace AemloBridge.Server.Configuration;

/// <summary>Where a server keeps its data when nothing says so.</summary>
internal static class DataFolder
{
    /// <summary>
    /// <c>/var/lib/aemlo</c> for root on Linux; for others the platform's folder for a user's data:
    /// <c>$XDG_DATA_HOME/aemlo/server</c> (<c>~/.local/share</c> where that is not set), <c>~/Library/Application
    /// Support/aemlo/server</c> on macOS, <c>%LOCALAPPDATA%\aemlo\server</c> on Windows.
    /// </summary>
    public static string Default() =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? "/var/lib/aemlo"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "aemlo", "server");
}
