using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace AemloBridge.Client.Connections;

/// <summary>Makes the channel of a client.</summary>
internal static class ChannelFactory
{
    /// <summary>A channel that has not connected yet.</summary>
    /// <exception cref="ArgumentException">A token would travel unencrypted, or a certificate cannot be read.</exception>
    public static GrpcChannel Create(ServerAddress address, AemloClientOptions options)
    {
        if (options.Token is not null && !address.IsEncrypted && !address.IsLocal && !options.AllowUnencryptedToken)
            throw new ArgumentException($"{address.Text}: the token would travel unencrypted; use an address that begins with https://, or allow it in so many words");
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            KeepAlivePingDelay = options.KeepAlive,
            KeepAlivePingTimeout = options.KeepAlive,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
        };
        if (address.SocketPath is { } path)
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation);
        if (address.IsEncrypted)
            handler.SslOptions = Encryption(options);
        return GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxReceiveBytes,
            // A single row may be longer than a chunk; what is too long is the server's to say.
            MaxSendMessageSize = null,
        });
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Encryption(AemloClientOptions options)
    {
        var encryption = new SslClientAuthenticationOptions();
        if (options.CaFile is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Reading(authorities, "the authorities of the server", () => policy.CustomTrustStore.ImportFromPemFile(authorities));
            if (policy.CustomTrustStore.Count == 0)
                throw new ArgumentException($"{authorities}: the file holds no certificate; expected the authorities of the server in PEM");
            encryption.CertificateChainPolicy = policy;
        }

        if (options.CertificateFile is { } certificate)
            Reading(certificate, "the client's certificate and key", () => encryption.ClientCertificates = [LoadCertificate(certificate, options.CertificateKeyFile)]);
        return encryption;
    }

    private static X509Certificate2 LoadCertificate(string file, string? keyFile)
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, keyFile);
        if (!OperatingSystem.IsWindows())
            return certificate;
        // Windows cannot use a key for TLS that exists in memory only.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static void Reading(string file, string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{file}: {what} cannot be read: {exception.Message}; expected PEM", exception);
        }
    }
}
