using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AemloBridge.Client.Tests.TestSupport;
using Grpc.Core;

namespace AemloBridge.Client.Tests.Connections;

public class ConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetServerInfo_EveryCall_CarriesTokenAndProtocolVersion()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using AemloClient client = server.Connect(FakeServer.Fast with { Token = "s3cret", ClientName = "tests" });

        await client.GetServerInfoAsync(Cancellation);

        (Protocol.V1.GetServerInfoRequest request, Metadata headers) = Assert.Single(server.Info.Asked);
        Assert.Equal("Bearer s3cret", headers.GetValue("authorization"));
        Assert.Equal("1", headers.GetValue("aemlo-protocol"));
        Assert.Equal(("tests", 1u), (request.ClientName, request.ProtocolVersion));
        Assert.NotEmpty(request.ClientVersion);
    }

    [Theory]
    [InlineData(0, 0, "the server is too old for this client; update the server")]
    [InlineData(2, 5, "this client is too old for the server; update the client")]
    public async Task AnyCall_NoCommonVersion_SaysWhichSideIsTooOld(uint oldest, uint newest, string expected)
    {
        await using FakeServer server = await FakeServer.StartAsync();
        (server.Info.Answer.OldestProtocolVersion, server.Info.Answer.NewestProtocolVersion) = (oldest, newest);
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.Datasets.FindAsync("digest", Cancellation));

        Assert.Equal((StatusCode.FailedPrecondition, AemloServerException.ProtocolVersion), (error.Code, error.Reason));
        Assert.Contains(expected, error.Message);
        Assert.Contains($"server 9.9 speaks versions {oldest} to {newest}", error.Message);
    }

    [Fact]
    public async Task AnyCall_TwiceOnOneClient_ShakesHandsOnce()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using AemloClient client = server.Connect();

        Assert.Null(await client.Datasets.FindAsync("a", Cancellation));
        Assert.Null(await client.Datasets.FindAsync("b", Cancellation));

        Assert.Single(server.Info.Asked);
    }

    [Fact]
    public async Task GetServerInfo_NothingListens_SaysAtOnceHowToStartAServer()
    {
        int port = FreePort();
        using var client = AemloClient.Connect($"http://127.0.0.1:{port}", new AemloClientOptions { FirstRetryDelay = TimeSpan.FromMinutes(10), MaxRetryDelay = TimeSpan.FromMinutes(10) });

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.GetServerInfoAsync(Cancellation));

        Assert.Equal((StatusCode.Unavailable, AemloServerException.Unreachable), (error.Code, error.Reason));
        Assert.Contains($"server http://127.0.0.1:{port}: ", error.Message);
        Assert.Contains("refused", error.Message);
        Assert.Contains("'aemlo serve' starts one", error.Message);
    }

    [Fact]
    public async Task GetServerInfo_AnotherKindOfServer_IsSaidInWords()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        Task answering = AnswerAsync(listener, stop.Token);
        using var client = AemloClient.Connect($"http://{listener.LocalEndpoint}", FakeServer.Fast);

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.GetServerInfoAsync(Cancellation));

        Assert.Equal(AemloServerException.Unreachable, error.Reason);
        Assert.Contains("is the server running, and is the address right?", error.Message);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
    }

    [Fact]
    public async Task GetServerInfo_TokenMissing_SaysHowToPassIt()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Info.Failure = new RpcException(new Status(StatusCode.Unauthenticated, "this server wants a token"));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.GetServerInfoAsync(Cancellation));

        Assert.Equal(StatusCode.Unauthenticated, error.Code);
        Assert.Contains("this server wants a token; pass the token", error.Message);
        Assert.Contains("--token-file FILE or the variable AEMLO_TOKEN", error.Message);
    }

    [Fact]
    public async Task GetServerInfo_NoAnswer_EndsAtTheTimeLimit()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Info.Gate = new TaskCompletionSource().Task;
        using AemloClient client = server.Connect(FakeServer.Fast with { CallTimeout = TimeSpan.FromMilliseconds(300) });

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.GetServerInfoAsync(Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Code);
        Assert.Contains("no answer within 0.3 s", error.Message);
    }

    [Fact]
    public async Task GetServerInfo_Cancelled_ThrowsOperationCanceled()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Info.Gate = new TaskCompletionSource().Task;
        using AemloClient client = server.Connect();
        using var cancel = new CancellationTokenSource();

        Task<Protocol.V1.GetServerInfoResponse> asking = client.GetServerInfoAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task GetServerInfo_SocketFile_IsReached()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of sockets are too short for Windows' temporary folders");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("aemlo-client-test-");
        try
        {
            await using FakeServer server = await FakeServer.StartAsync(socket: Path.Combine(folder.FullName, "s"));
            using AemloClient client = server.Connect(FakeServer.Fast with { Token = "travels on this machine only" });

            Assert.Equal("9.9", (await client.GetServerInfoAsync(Cancellation)).ServerVersion);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task GetServerInfo_CertificateOfAnUnknownAuthority_IsRefusedUnlessItsFileIsNamed()
    {
        using X509Certificate2 certificate = SelfSigned();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), Cancellation);
        try
        {
            await using FakeServer server = await FakeServer.StartAsync(certificate: certificate);
            using AemloClient trusting = server.Connect(FakeServer.Fast with { CaFile = file, Token = "encrypted" });
            using AemloClient wary = server.Connect();

            Assert.Equal("9.9", (await trusting.GetServerInfoAsync(Cancellation)).ServerVersion);
            AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => wary.GetServerInfoAsync(Cancellation));
            Assert.Contains("its certificate is not trusted here", error.Message);
            Assert.Contains("--server-ca FILE", error.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Connect_TokenUnencryptedToAnotherMachine_IsRefusedUnlessAllowed()
    {
        string message = Assert.Throws<ArgumentException>(() => AemloClient.Connect("http://gpu1:50051", new AemloClientOptions { Token = "s3cret" })).Message;

        Assert.Contains("the token would travel unencrypted", message);
        Assert.DoesNotContain("s3cret", message);
        AemloClient.Connect("http://gpu1:50051", new AemloClientOptions { Token = "s3cret", AllowUnencryptedToken = true }).Dispose();
    }

    [Theory]
    [InlineData("no certificate")]
    [InlineData(null)]
    public void Connect_AuthoritiesThatCannotBeRead_NamesTheFile(string? content)
    {
        string file = Path.GetTempFileName();
        try
        {
            if (content is null)
                File.Delete(file);
            else
                File.WriteAllText(file, content);

            string message = Assert.Throws<ArgumentException>(() => AemloClient.Connect("https://gpu1:50051", new AemloClientOptions { CaFile = file })).Message;

            Assert.StartsWith(file, message, StringComparison.Ordinal);
            Assert.Contains("PEM", message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancellation)
    {
        while (true)
        {
            using TcpClient caller = await listener.AcceptTcpClientAsync(cancellation);
            await caller.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
