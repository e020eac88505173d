using System.Security.Cryptography;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Security;

/// <summary>Something read from files that is read again when they change.</summary>
internal interface IReloadable
{
    /// <summary>Reads the files again if they have changed; what cannot be used leaves everything as it was.</summary>
    /// <returns>Whether they have changed.</returns>
    bool Refresh();
}

/// <summary>What files hold, as of the last time that it could be used.</summary>
/// <param name="what">What it is, for the log.</param>
/// <param name="paths">The files.</param>
/// <param name="load">Reads them; throws <see cref="SettingException"/> when they cannot be used.</param>
/// <param name="logger">Where to say what happened.</param>
internal sealed class Reloaded<T>(string what, IReadOnlyList<string> paths, Func<T> load, ILogger logger) : IReloadable
    where T : class
{
    // Taken before the first load: a change meanwhile is seen by the next look.
    private string _fingerprint = Fingerprint(paths);
    private volatile T _current = load();

    public T Current => _current;

    public bool Refresh()
    {
        string fingerprint = Fingerprint(paths);
        if (fingerprint == _fingerprint)
            return false;
        _fingerprint = fingerprint;
        try
        {
            _current = load();
            logger.Reloaded(what);
        }
        catch (SettingException exception)
        {
            logger.ReloadFailed(what, exception.Message);
        }

        return true;
    }

    // By content: a time stamp may stay the same where a link is turned to another file.
    private static string Fingerprint(IReadOnlyList<string> paths) => string.Join(' ', paths.Select(path =>
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }));
}
