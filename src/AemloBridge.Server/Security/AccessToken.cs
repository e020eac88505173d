using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AemloBridge.Server.Security;

/// <summary>What a client shows to be known: a long random word of which the server keeps the hash alone.</summary>
internal static class AccessToken
{
    // Tells people, and programs that look for secrets in the wrong places, what it is.
    private const string Prefix = "aemlo_";
    private const int RandomBytes = 32;

    /// <summary>Draws a new one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Its hash. A fast one does: what is hashed has 256 random bits, so that guessing is hopeless at any speed.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Its line in a token file.</summary>
    public static string Line(string tenant, string token) => $"{tenant}:{Convert.ToHexStringLower(Hash(token))}";
}
