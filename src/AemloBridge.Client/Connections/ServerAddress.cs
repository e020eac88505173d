using System.Net;

namespace AemloBridge.Client.Connections;

/// <summary>Where a server listens.</summary>
/// <param name="Uri">For HTTP/2; a made-up host for a socket file.</param>
/// <param name="SocketPath">The socket file, or null.</param>
/// <param name="Text">For messages.</param>
internal sealed record ServerAddress(Uri Uri, string? SocketPath, string Text)
{
    private const string SocketPrefix = "unix:";
    private const string Expected = "expected http://HOST:PORT, https://HOST:PORT or unix:PATH";

    /// <summary>Whether what travels is encrypted.</summary>
    public bool IsEncrypted => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether what travels stays on this machine.</summary>
    public bool IsLocal => SocketPath is not null || Uri.IsLoopback;

    /// <summary>Reads an address; one without a scheme is taken as <c>http://</c>, as a server prints it.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static ServerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.StartsWith(SocketPrefix, StringComparison.Ordinal))
        {
            string path = trimmed[SocketPrefix.Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
                path = path[2..];
            return path.Length > 0
                ? new ServerAddress(new Uri("http://localhost"), Path.GetFullPath(path), trimmed)
                : throw Wrong(text, "it names no socket file");
        }

        string full = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"http://{trimmed}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Wrong(text, "it is no address");
        if (uri.Scheme is not ("http" or "https"))
            throw Wrong(text, $"'{uri.Scheme}' is no way to reach a server");
        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
            throw Wrong(text, "it has more than host and port");
        bool isAny = IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        return isAny
            ? throw Wrong(text, "a server listens on it, but none is reached by it; name the machine")
            : new ServerAddress(uri, null, full.TrimEnd('/'));
    }

    private static ArgumentException Wrong(string text, string why) => new($"'{text}' is not the address of a server: {why}; {Expected}");
}
