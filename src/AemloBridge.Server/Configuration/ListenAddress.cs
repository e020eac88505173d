using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AemloBridge.Server.Configuration;

/// <summary>Where the server listens: a TCP address or a Unix socket.</summary>
internal sealed record ListenAddress
{
    private const string UnixPrefix = "unix:";
    private const string LocalName = "localhost";

    private ListenAddress(string host, int port, string? unixPath)
    {
        Host = host;
        Port = port;
        UnixPath = unixPath;
    }

    /// <summary>An IP address or a name; empty for a Unix socket.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>The full path of the socket; null for TCP.</summary>
    public string? UnixPath { get; }

    /// <summary>Whether only processes of this machine can reach it; a name other than localhost is taken for one that others can.</summary>
    public bool IsLoopback => UnixPath is not null || IsLocalName || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(Unmapped(address)));

    private bool IsLocalName => string.Equals(Host, LocalName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>host:port</c>, <c>[ipv6]:port</c> or <c>unix:PATH</c>.</summary>
    /// <exception cref="SettingException">It is none of them.</exception>
    public static ListenAddress Parse(string text)
    {
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
            return text.Length > UnixPrefix.Length ? new(string.Empty, 0, CheckedSocketPath(text[UnixPrefix.Length..])) : throw Wrong(text, "the path of the socket is missing");

        int colon = text.LastIndexOf(':');
        if (colon < 0)
            throw Wrong(text, "the port is missing");
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > IPEndPoint.MaxPort)
            throw Wrong(text, $"the port is a number from 0 to {IPEndPoint.MaxPort}");
        string host = text[..colon];
        if (host is ['[', .. string inner, ']'])
            host = IPAddress.TryParse(inner, out IPAddress? v6) && v6.AddressFamily == AddressFamily.InterNetworkV6 ? inner : throw Wrong(text, $"'{inner}' is no IPv6 address");
        else if (host.Contains(':'))
            throw Wrong(text, "an IPv6 address stands in brackets");
        else if (host == "*")
            host = IPAddress.Any.ToString();
        else if (Uri.CheckHostName(host) is UriHostNameType.Unknown || (host.All(letter => char.IsAsciiDigit(letter) || letter == '.') && !IsFullIPv4(host)))
            throw Wrong(text, host.Length == 0 ? "the host is missing" : $"'{host}' is neither a host name nor an IP address");
        return new(host, port, null);
    }

    /// <summary>The IP addresses that it stands for.</summary>
    /// <exception cref="SettingException">The name is not known.</exception>
    public IReadOnlyList<IPEndPoint> Resolve()
    {
        if (IPAddress.TryParse(Host, out IPAddress? address))
            return [new IPEndPoint(address, Port)];
        if (IsLocalName)
        {
            // A free port cannot be promised to be free for both kinds of address.
            return Socket.OSSupportsIPv6 && Port != 0
                ? [new IPEndPoint(IPAddress.Loopback, Port), new IPEndPoint(IPAddress.IPv6Loopback, Port)]
                : [new IPEndPoint(IPAddress.Loopback, Port)];
        }

        try
        {
            return [.. Dns.GetHostAddresses(Host).Select(found => new IPEndPoint(found, Port))];
        }
        catch (SocketException exception)
        {
            throw new SettingException($"the host '{Host}' is not known: {exception.Message}");
        }
    }

    /// <summary>The address as it is written in settings.</summary>
    public override string ToString() =>
        UnixPath is not null ? UnixPrefix + UnixPath : string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    // "127.1" and "2130706433" are IPv4 addresses to the parser, and surprises to everybody else.
    private static bool IsFullIPv4(string host) => IPAddress.TryParse(host, out IPAddress? address) && address.ToString() == host;

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string CheckedSocketPath(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            _ = new UnixDomainSocketEndPoint(full);
            return full;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new SettingException($"the path of the socket is too long for this system: {full}");
        }
    }

    private static SettingException Wrong(string text, string why) =>
        new($"'{text}' is no address: {why}; allowed: host:port, [ipv6]:port or unix:PATH");
}
