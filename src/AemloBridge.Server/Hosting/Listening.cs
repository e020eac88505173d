using System.Net;
using System.Net.Sockets;
using AemloBridge.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AemloBridge.Server.Hosting;

/// <summary>Tells Kestrel where to listen, for HTTP/2 alone.</summary>
internal static class Listening
{
    /// <summary>Sets limits and addresses.</summary>
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options, Action<ListenOptions>? secure)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.MaxStreams;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 8 << 10;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 << 20;
        // A peer that is gone without a word is noticed, and its jobs with it.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);

        foreach (ListenAddress address in options.Listen.Select(ListenAddress.Parse))
        {
            if (address.UnixPath is { } path)
            {
                UnixSocketFile.RemoveStale(path);
                kestrel.ListenUnixSocket(path, Http2);
                continue;
            }

            foreach (IPEndPoint endPoint in address.Resolve())
                kestrel.Listen(endPoint, Http2);
        }

        void Http2(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (listen.SocketPath is null)
                secure?.Invoke(listen);
        }
    }

    /// <summary>Binds one address.</summary>
    public static Socket Bind(EndPoint endPoint) =>
        endPoint is UnixDomainSocketEndPoint unix && unix.ToString() is { Length: > 0 } path
            ? UnixSocketFile.Bind(unix, path)
            : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);

    /// <summary>The failure of a socket that is behind another one; null where there is none.</summary>
    public static SocketException? CauseOf(Exception? exception)
    {
        while (exception is not null and not SocketException)
            exception = exception.InnerException;
        return (SocketException?)exception;
    }

    /// <summary>The failure to listen in words.</summary>
    public static ListenException Explain(SocketException cause, ServerOptions options)
    {
        string addresses = string.Join(", ", options.Listen);
        string why = cause.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "another program listens there; stop it, or choose another address with --listen (port 0 takes a free one)",
            SocketError.AccessDenied => "this user may not; choose a port above 1023, or a folder that is yours",
            SocketError.AddressNotAvailable => "this machine has no such address",
            _ => cause.Message,
        };
        return new ListenException($"cannot listen on {addresses}: {why}", cause);
    }
}
