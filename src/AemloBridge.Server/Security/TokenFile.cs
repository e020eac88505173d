using System.Text.RegularExpressions;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Security;

/// <summary>Reads token files: <c>tenant:sha256</c> a line; empty lines and lines that begin with # do not count.</summary>
internal static partial class TokenFile
{
    private const string Expected = "tenant:hash, the tenant 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-', the hash 64 hexadecimal digits; aemlo serve token prints such lines";

    /// <summary>Reads a file.</summary>
    /// <exception cref="SettingException">It cannot be read, or a line is wrong; never says what stands in the line, which may be a token.</exception>
    public static TokenSet Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"the token file cannot be read: {exception.Message}");
        }

        var entries = new List<TokenEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (Line().Match(line) is not { Success: true } match)
                throw new SettingException($"{path}:{i + 1}: not a line of a token file; expected {Expected}");
            string hash = match.Groups["hash"].Value.ToLowerInvariant();
            if (!seen.TryAdd(hash, i + 1))
                throw new SettingException($"{path}:{i + 1}: the same token as in line {seen[hash]}; each token stands for one tenant, once");
            entries.Add(new TokenEntry(match.Groups["tenant"].Value, Convert.FromHexString(hash)));
        }

        return entries.Count > 0
            ? new TokenSet(entries)
            : throw new SettingException($"{path} holds no token, so that nobody could call; expected lines of {Expected}");
    }

    /// <summary>Whether a name can be a tenant's.</summary>
    public static bool IsTenant(string name) => Tenant().IsMatch(name);

    [GeneratedRegex(@"^(?<tenant>[A-Za-z0-9._-]{1,64}):(?<hash>[0-9A-Fa-f]{64})\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Tenant();
}
