using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Security;

public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates;

    public TlsTests() => _certificates = new TestCertificates(_folder);

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Call_OverTls_ReachesTheServer(SslProtocols protocol)
    {
        using X509Certificate2 certificate = _certificates.WriteServer("server.pem", "server.key");
        await using InProcessServer server = await StartAsync();

        Assert.StartsWith("https://127.0.0.1:", server.Address, StringComparison.Ordinal);
        Assert.Equal(certificate.Thumbprint, await ThumbprintAsync(server, protocol: protocol));
    }

    [Fact]
    public void Read_Certificate_AllowsNothingOlderThanTls12()
    {
        // Clients of this platform refuse older versions themselves, so that none can be tried against a server.
        _certificates.WriteServer("server.pem", "server.key").Dispose();
        var options = new ServerOptions { DataFolder = _folder.Path, CertificatePath = _folder.File("server.pem"), KeyPath = _folder.File("server.key") };

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, TlsMaterial.Read(options).Options.EnabledSslProtocols);
    }

    [Fact]
    public async Task Call_WithoutTls_IsNotAnswered()
    {
        _certificates.WriteServer("server.pem", "server.key").Dispose();
        await using InProcessServer server = await StartAsync();
        using GrpcChannel channel = Channels.To(server.Address.Replace("https:", "http:", StringComparison.Ordinal));

        await Assert.ThrowsAsync<RpcException>(async () => await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_WithClientAuthorities_NeedsACertificateThatTheySigned()
    {
        _certificates.WriteServer("server.pem", "server.key").Dispose();
        _certificates.WriteClient("client.pem", "client.key").Dispose();
        using var strangers = new TestCertificates(_folder, "strangers");
        strangers.WriteClient("stranger.pem", "stranger.key").Dispose();
        _certificates.WriteServer("other.pem", "other.key").Dispose();
        await using InProcessServer server = await StartAsync(options => options with { ClientAuthorityPath = _certificates.AuthorityPath });

        await ThumbprintAsync(server, Client("client"));
        await Assert.ThrowsAsync<RpcException>(() => ThumbprintAsync(server));
        await Assert.ThrowsAsync<RpcException>(() => ThumbprintAsync(server, Client("stranger")));
        // Signed by the right authority, and made for servers.
        await Assert.ThrowsAsync<RpcException>(() => ThumbprintAsync(server, Client("other")));
    }

    [Fact]
    public async Task Reload_NewCertificate_ServesNewConnections_AndABrokenOneLeavesTheOld()
    {
        using X509Certificate2 first = _certificates.WriteServer("server.pem", "server.key");
        await using InProcessServer server = await StartAsync();
        Reloader reloader = server.Services.GetRequiredService<Reloader>();
        string key = File.ReadAllText(_folder.File("server.key"));

        using X509Certificate2 second = _certificates.WriteServer("server.pem", "new.key");
        reloader.Reload();
        Assert.Equal(first.Thumbprint, await ThumbprintAsync(server));
        LoggedEvent broken = Assert.Single(server.Log.Events, logged => logged.Id.Id == 5021);
        Assert.Equal(LogLevel.Error, broken.Level);
        Assert.Contains("server.key", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('\n')[2], broken.Message, StringComparison.Ordinal);

        File.Copy(_folder.File("new.key"), _folder.File("server.key"), overwrite: true);
        reloader.Reload();
        Assert.Equal(second.Thumbprint, await ThumbprintAsync(server));
    }

    [Fact]
    public void Check_FilesThatCannotServe_AreNamed()
    {
        _certificates.WriteServer("server.pem", "server.key").Dispose();
        _certificates.WriteServer("other.pem", "other.key").Dispose();
        string text = _folder.Write("text.pem", "no certificate");

        Assert.Contains(_folder.File("other.key"), Problem("server.pem", "other.key"), StringComparison.Ordinal);
        Assert.Contains("holds no certificate", Problem("text.pem", "server.key"), StringComparison.Ordinal);
        Assert.Contains("missing.pem", Problem("missing.pem", "server.key"), StringComparison.Ordinal);
        Assert.Contains("missing.key", Problem("server.pem", "missing.key"), StringComparison.Ordinal);
        Assert.Contains(text, Problem("server.pem", "server.key", "text.pem"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(10, "expires on")]
    public void Check_CertificateNearItsEnd_IsWarnedOf(int days, string? warning)
    {
        _certificates.WriteServer("server.pem", "server.key", days).Dispose();

        string[] warnings = [.. Check("server.pem", "server.key").Warnings];

        if (warning is null)
            Assert.Empty(warnings);
        else
            Assert.Contains(warning, Assert.Single(warnings), StringComparison.Ordinal);
    }

    private string Problem(string certificate, string key, string? authorities = null) => Assert.Single(Check(certificate, key, authorities).Problems);

    private SettingsCheck Check(string certificate, string key, string? authorities = null) => SettingsCheck.Of(
        new ServerOptions { DataFolder = _folder.Path, CertificatePath = _folder.File(certificate), KeyPath = _folder.File(key), ClientAuthorityPath = authorities is null ? null : _folder.File(authorities) },
        TimeProvider.System);

    private X509Certificate2 Client(string name)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(_folder.File($"{name}.pem"), _folder.File($"{name}.key"));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Makes one call over a connection of its own and gives the thumbprint of the certificate it met.</summary>
    private async Task<string?> ThumbprintAsync(InProcessServer server, X509Certificate2? client = null, SslProtocols protocol = SslProtocols.None)
    {
        string? met = null;
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocol,
                ClientCertificates = client is null ? null : [client],
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _certificates.Authority } },
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    met = (certificate as X509Certificate2)?.Thumbprint;
                    return errors == SslPolicyErrors.None;
                },
            },
        };
        using GrpcChannel channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken);
        client?.Dispose();
        return met;
    }

    private Task<InProcessServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var jobs = new StandInJobs();
        return InProcessServer.StartAsync(
            new ServerParts { Engine = services => services.AddEmbeddedStorage().AddSingleton<IJobManager>(jobs) },
            options => (change ?? (same => same))(options with { CertificatePath = _folder.File("server.pem"), KeyPath = _folder.File("server.key") }));
    }
}
