using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Security;

/// <summary>What TLS needs, as the files held it when it was read.</summary>
internal sealed class TlsMaterial
{
    private TlsMaterial(X509Certificate2 certificate, SslServerAuthenticationOptions options)
    {
        Certificate = certificate;
        Options = options;
    }

    /// <summary>The server's own certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>How to shake hands.</summary>
    public SslServerAuthenticationOptions Options { get; }

    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="SettingException">One cannot be used; it is named.</exception>
    public static TlsMaterial Read(ServerOptions options)
    {
        string path = options.CertificatePath ?? throw new InvalidOperationException("TLS is not set up");
        X509Certificate2Collection chain = ReadCertificates(path, "certificate");
        X509Certificate2 own = ReadWithKey(path, options.KeyPath ?? path);
        var authentication = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            AllowRenegotiation = false,
        };
        if (options.ClientAuthorityPath is { } authorities)
        {
            authentication.ClientCertificateRequired = true;
            authentication.CertificateChainPolicy = ClientPolicy(ReadCertificates(authorities, "client authorities"));
        }

        return new TlsMaterial(own, authentication);
    }

    /// <summary>A warning when the certificate is not valid now or not for long; null when all is well.</summary>
    public string? Warning(DateTimeOffset now, TimeSpan soon)
    {
        var begins = new DateTimeOffset(Certificate.NotBefore.ToUniversalTime());
        var ends = new DateTimeOffset(Certificate.NotAfter.ToUniversalTime());
        return now < begins ? $"the certificate is not valid before {begins:u}"
            : now >= ends ? $"the certificate has expired on {ends:u}"
            : now + soon >= ends ? $"the certificate expires on {ends:u}"
            : null;
    }

    private static X509ChainPolicy ClientPolicy(X509Certificate2Collection authorities)
    {
        // Only who was named is trusted, whatever this machine trusts. Nothing is fetched, so that lists of revoked
        // certificates do not count: short-lived certificates, or a new authority, take one back.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return policy;
    }

    private static X509Certificate2Collection ReadCertificates(string path, string what)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"the {what} cannot be read from {path}: {exception.Message}");
        }

        return found.Count > 0 ? found : throw new SettingException($"{path} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }

    private static X509Certificate2 ReadWithKey(string path, string keyPath)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(path, keyPath);
            // On Windows a key that was never in a store cannot be used for TLS.
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new SettingException($"the private key in {keyPath} cannot be used with the certificate in {path}: {exception.Message.TrimEnd('.')}. It has to be the certificate's own key, in PEM form and without a password");
        }
    }
}
