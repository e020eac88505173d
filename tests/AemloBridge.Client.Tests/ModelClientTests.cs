using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Tests;

public class ModelClientTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 25_000).Select(at => (byte)(at * 7))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_Model_ArrivesAndIsNotSentTwice()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using AemloClient client = server.Connect(FakeServer.Fast with { UploadChunkBytes = 999 });

        Model first = await client.Models.UploadAsync(new MemoryStream(Content), "mine", Cancellation);
        Model second = await client.Models.UploadAsync(new MemoryStream(Content), "again", Cancellation);

        Assert.Equal(Content, server.Models.Files[first.Id]);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, server.Models.Uploads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Download_Model_GivesItsBytesAlsoAfterLostConnections(int drops)
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Models.Files["m0"] = Content;
        server.Models.Drops = drops;
        using AemloClient client = server.Connect();
        var target = new MemoryStream();
        target.Write([1, 2, 3]);

        ModelFileHeader header = await client.Models.DownloadAsync("m0", target, Cancellation);

        Assert.Equal([1, 2, 3, .. Content], target.ToArray());
        Assert.Equal((ulong)Content.Length, header.ByteCount);
        Assert.Equal(drops + 1, server.Models.Downloads);
    }

    [Theory]
    [InlineData("sha")]
    [InlineData("shorter")]
    [InlineData("longer")]
    public async Task Download_OtherBytesThanAnnounced_IsABadAnswer(string lie)
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Models.Files["m0"] = Content;
        server.Models.Lie = header =>
        {
            header.Sha256 = lie == "sha" ? new string('0', 64) : header.Sha256;
            header.ByteCount = lie switch
            {
                "shorter" => header.ByteCount + 1,
                "longer" => header.ByteCount - 1,
                _ => header.ByteCount,
            };
        };
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.Models.DownloadAsync("m0", new MemoryStream(), Cancellation));

        Assert.Equal(AemloServerException.BadAnswer, error.Reason);
        Assert.Equal(1, server.Models.Downloads);
    }

    [Fact]
    public async Task DeleteAndDownload_UnknownModel_AreNotFound()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Models.Files["m0"] = Content;
        using AemloClient client = server.Connect();

        await client.Models.DeleteAsync("m0", Cancellation);

        Assert.Empty(await client.Models.ListAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<AemloServerException>(() => client.Models.DeleteAsync("m0", Cancellation))).Code);
        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.Models.DownloadAsync("m0", new MemoryStream(), Cancellation));
        Assert.Contains("there is no model 'm0'", error.Message);
    }
}
