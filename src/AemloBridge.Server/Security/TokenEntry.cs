namespace AemloBridge.Server.Security;

/// <summary>One line of a token file.</summary>
/// <param name="Tenant">Whom the token stands for.</param>
/// <param name="Hash">SHA-256 of the token.</param>
internal sealed record TokenEntry(string Tenant, byte[] Hash);
