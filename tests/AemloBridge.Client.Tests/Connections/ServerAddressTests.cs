using AemloBridge.Client.Connections;

namespace AemloBridge.Client.Tests.Connections;

public class ServerAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:50051", "http://127.0.0.1:50051/", false, true)]
    [InlineData("127.0.0.1:50051", "http://127.0.0.1:50051/", false, true)]
    [InlineData("gpu1:50051", "http://gpu1:50051/", false, false)]
    [InlineData("https://gpu1.example.org:8443/", "https://gpu1.example.org:8443/", true, false)]
    [InlineData("http://[::1]:50051", "http://[::1]:50051/", false, true)]
    public void Parse_Address_KnowsSchemeAndMachine(string text, string uri, bool encrypted, bool local)
    {
        var address = ServerAddress.Parse(text);

        Assert.Equal(uri, address.Uri.AbsoluteUri);
        Assert.Equal((encrypted, local, null), (address.IsEncrypted, address.IsLocal, address.SocketPath));
    }

    [Theory]
    [InlineData("unix:/run/aemlo.sock", "/run/aemlo.sock")]
    [InlineData("unix:///run/aemlo.sock", "/run/aemlo.sock")]
    public void Parse_SocketFile_KeepsItsPath(string text, string path)
    {
        var address = ServerAddress.Parse(text);

        Assert.Equal(Path.GetFullPath(path), address.SocketPath);
        Assert.True(address.IsLocal);
    }

    [Theory]
    [InlineData("", "it is no address")]
    [InlineData("unix:", "it names no socket file")]
    [InlineData("ftp://gpu1:1", "'ftp' is no way to reach a server")]
    [InlineData("http://gpu1:1/path", "more than host and port")]
    [InlineData("http://me:secret@gpu1:1", "more than host and port")]
    [InlineData("http://0.0.0.0:50051", "none is reached by it")]
    [InlineData("http://gpu1:99999", "it is no address")]
    public void Parse_NoAddress_SaysWhyAndWhatIsExpected(string text, string expected)
    {
        string message = Assert.Throws<ArgumentException>(() => ServerAddress.Parse(text)).Message;

        Assert.Contains(expected, message);
        Assert.Contains("expected http://HOST:PORT, https://HOST:PORT or unix:PATH", message);
    }
}
