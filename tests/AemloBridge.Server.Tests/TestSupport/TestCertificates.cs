using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>An authority made for a test, and certificates that it signs; written as PEM files.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TempFolder _folder;
    private readonly X509Certificate2 _authority;

    /// <summary>Makes an authority and writes its certificate.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="name">The authority's name, and its file's.</param>
    public TestCertificates(TempFolder folder, string name = "authority")
    {
        _folder = folder;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        AuthorityPath = _folder.Write($"{name}.pem", _authority.ExportCertificatePem());
    }

    public string AuthorityPath { get; }

    /// <summary>The authority's certificate.</summary>
    public X509Certificate2 Authority => _authority;

    /// <summary>Writes a certificate for 127.0.0.1 and localhost, and its key.</summary>
    public X509Certificate2 WriteServer(string certificateFile, string keyFile, int days = 20) => Write("server", ServerUse, certificateFile, keyFile, days);

    /// <summary>Writes a certificate for a client, and its key.</summary>
    public X509Certificate2 WriteClient(string certificateFile, string keyFile) => Write("client", ClientUse, certificateFile, keyFile, 20);

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Write(string name, string use, string certificateFile, string keyFile, int days)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset begin = DateTimeOffset.UtcNow.AddHours(-12);
        X509Certificate2 certificate = request.Create(_authority, begin, begin.AddDays(days), RandomNumberGenerator.GetBytes(12));
        File.WriteAllText(_folder.File(certificateFile), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File(keyFile), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.File(keyFile), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return certificate;
    }
}
