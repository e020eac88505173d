using System.Net;
using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:50051", true)]
    [InlineData("127.9.8.7:0", true)]
    [InlineData("localhost:50051", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("[::1]:50051", true)]
    [InlineData("[::ffff:127.0.0.1]:1", true)]
    [InlineData("unix:/tmp/aemlo.sock", true)]
    [InlineData("0.0.0.0:50051", false)]
    [InlineData("*:50051", false)]
    [InlineData("[::]:50051", false)]
    [InlineData("[::ffff:10.0.0.1]:1", false)]
    [InlineData("128.0.0.1:1", false)]
    [InlineData("192.168.1.7:1", false)]
    [InlineData("localhost.example.org:1", false)]
    [InlineData("gpu-server:50051", false)]
    public void IsLoopback_Address_TellsWhetherOthersCanReachIt(string text, bool loopback) =>
        Assert.Equal(loopback, ListenAddress.Parse(text).IsLoopback);

    [Theory]
    [InlineData("127.0.0.1", "the port is missing")]
    [InlineData("", "the port is missing")]
    [InlineData(":50051", "the host is missing")]
    [InlineData("127.0.0.1:65536", "0 to 65535")]
    [InlineData("127.0.0.1:-1", "0 to 65535")]
    [InlineData("127.0.0.1:http", "0 to 65535")]
    [InlineData("::1:50051", "in brackets")]
    [InlineData("[127.0.0.1]:1", "no IPv6 address")]
    [InlineData("127.1:1", "neither a host name nor an IP address")]
    [InlineData("2130706433:1", "neither a host name nor an IP address")]
    [InlineData("http://127.0.0.1:1", "in brackets")]
    [InlineData("a b:1", "neither a host name nor an IP address")]
    [InlineData("unix:", "the path of the socket is missing")]
    public void Parse_NoAddress_IsRefusedWithTheReason(string text, string reason)
    {
        string message = Assert.Throws<SettingException>(() => ListenAddress.Parse(text)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SocketPathLongerThanTheSystemTakes_IsRefused() =>
        Assert.Contains("too long", Assert.Throws<SettingException>(() => ListenAddress.Parse($"unix:/tmp/{new string('s', 200)}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Resolve_Localhost_IsBothKindsOfLoopback() =>
        Assert.All(ListenAddress.Parse("localhost:50051").Resolve(), endPoint => Assert.True(IPAddress.IsLoopback(endPoint.Address) && endPoint.Port == 50051));

    [Fact]
    public void Resolve_LocalhostOnAFreePort_IsOneAddress() =>
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), Assert.Single(ListenAddress.Parse("localhost:0").Resolve()));

    [Theory]
    [InlineData("127.0.0.1:50051")]
    [InlineData("[::1]:50051")]
    [InlineData("gpu-server:1")]
    [InlineData("unix:/tmp/a b.sock")]
    public void ToString_Address_IsWhatWasGiven(string text) => Assert.Equal(text, ListenAddress.Parse(text).ToString());
}
