using System.Net.Sockets;
using Grpc.Net.Client;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>Channels to a server under test.</summary>
internal static class Channels
{
    private const string UnixPrefix = "unix:";

    /// <summary>A channel to the address that a server printed.</summary>
    public static GrpcChannel To(string address)
    {
        if (!address.StartsWith(UnixPrefix, StringComparison.Ordinal))
            return GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });

        var endPoint = new UnixDomainSocketEndPoint(address[UnixPrefix.Length..]);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endPoint, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = null });
    }
}
