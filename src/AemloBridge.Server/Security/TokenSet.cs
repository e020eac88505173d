using System.Security.Cryptography;

namespace AemloBridge.Server.Security;

/// <summary>The tokens that are known, by their hashes.</summary>
internal sealed class TokenSet(IReadOnlyCollection<TokenEntry> entries)
{
    public int Count => entries.Count;

    public int Tenants => entries.Select(entry => entry.Tenant).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whom a token stands for; null when it is unknown.</summary>
    public string? Find(string token)
    {
        byte[] hash = AccessToken.Hash(token);
        string? tenant = null;
        // All of them, each in the same time: how long it takes tells neither whether nor where one was found.
        foreach (TokenEntry entry in entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash))
                tenant = entry.Tenant;
        }

        return tenant;
    }
}
